import {randomUUID} from 'node:crypto';

import type {Fact} from '#domain/catalogue.ts';
import {dataSchemaOf, type Envelope} from '#domain/envelope.ts';
import {adapterAdded, adapterRemoved, socketAdded} from './facts.ts';

/** Sockets of a leaf with a long life: each holds an adapter now and then. */
export const LONG_LIFE_PORTS = 200;
/** Every so many plugs somebody gives a port another label. */
const LABEL_EVERY = 20;
const START_MS = Date.UTC(2026, 0, 1);
/** A million events in four months. */
const GAP_MS = 10_000;
const LETTERS = 'abcdefghij';

const portOf = (index: number): string => `usb-${index % LONG_LIFE_PORTS}`;
const deviceOf = (index: number): string =>
  `d-${Array.from(String(index % LONG_LIFE_PORTS).padStart(10, '0'), (digit) => LETTERS[Number(digit)]).join('')}`;

function* facts(): Generator<{readonly fact: Fact; readonly actor?: string}> {
  for (let index = 0; index < LONG_LIFE_PORTS; index += 1) {
    yield {fact: socketAdded(portOf(index))};
  }
  for (let index = 0; ; index += 1) {
    const [port, device] = [portOf(index), deviceOf(index)];
    yield {fact: withCause(adapterAdded(device, port, `A${device}`), `uevent-${2 * index}`)};
    yield {fact: withCause(adapterRemoved(device, port), `uevent-${2 * index + 1}`)};
    if (index % LABEL_EVERY === 0) {
      const data = {label: `Socket ${index}`, before: {label: null}};
      yield {
        fact: {type: 'cim.port.labelled.v1', subject: portOf(index / LABEL_EVERY), data},
        actor: 'anna',
      };
    }
  }
}

function withCause(fact: Fact, id: string): Fact {
  const cause = {
    id,
    type: 'uevent',
    time: '2026-11-22T16:00:00.000Z',
    summary: 'udev add /devices/pci0000:00/0000:00:14.0/usb1/1-3 (usb)',
  };
  return {...fact, data: {...fact.data, cause}} as Fact;
}

/** Three of four follow from an event long before: a chain of several. */
const BACK = 777;
const causeOf = (sequence: number) =>
  Math.floor(sequence / BACK) % 4 === 0 ? {} : {causationsequence: String(sequence - BACK)};

/** What a leaf of 200 sockets would have stored, as its agent writes it, in batches of a thousand. */
export function* longHistory(leafId: string, count: number): Generator<readonly Envelope[]> {
  let batch: Envelope[] = [];
  let made = 0;
  for (const {fact, actor} of facts()) {
    const id = randomUUID();
    batch.push({
      ...fact,
      specversion: '1.0',
      id,
      source: `/cim/${leafId}`,
      time: new Date(START_MS + made * GAP_MS).toISOString(),
      datacontenttype: 'application/json',
      dataschema: dataSchemaOf(fact.type),
      correlationid: id,
      causationid: id,
      ...(actor === undefined ? {channel: 'system'} : {actor, channel: 'cli'}),
      ...causeOf(made + 1),
      bootid: '49de9107-ce52-43dc-98e2-5dcb1e94ae8d',
      clock: 'synced',
    });
    made += 1;
    if (batch.length === 1000 || made === count) {
      yield batch;
      batch = [];
    }
    if (made === count) {
      return;
    }
  }
}
