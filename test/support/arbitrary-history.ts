import fc from 'fast-check';

import type {Fact} from '#domain/catalogue.ts';
import {type CimEvent, dataSchemaOf, type Envelope} from '#domain/envelope.ts';
import type {StoredMessage} from '#domain/message.ts';

import {adapterAdded, adapterRemoved, jobAccepted, recordedFact, socketAdded} from './facts.ts';

const PORTS = ['usb-1', 'usb-2', 'usb-3'] as const;
const DEVICES = ['d-aaaaaaaaaa', 'd-bbbbbbbbbb'] as const;
const ROLES = ['scale', 'label-printer'] as const;

const port = fc.constantFrom(...PORTS);
const device = fc.constantFrom(...DEVICES);
const role = fc.constantFrom(...ROLES);
const label = fc.option(fc.constantFrom('A', 'B', 'USB 3'));

/** Facts in any order: also such as no agent would ever have stored so. */
const fact: fc.Arbitrary<Fact> = fc.oneof(
  port.map(socketAdded),
  fc.tuple(device, port).map(([id, at]) => adapterAdded(id, at)),
  fc.tuple(device, port).map(([id, at]) => adapterRemoved(id, at)),
  fc.tuple(port, label).map(
    ([id, next]): Fact => ({
      type: 'cim.port.labelled.v1',
      subject: id,
      data: {label: next, before: {label: null}},
    }),
  ),
  fc.tuple(port, fc.constantFrom('up' as const, 'down' as const)).map(
    ([id, link]): Fact => ({
      type: 'cim.port.changed.v1',
      subject: id,
      data: {link, before: {link: null}},
    }),
  ),
  fc.tuple(role, port).map(
    ([id, portId]) =>
      ({
        type: 'cim.role.bound.v1',
        subject: id,
        data: {
          target: {kind: 'port', portId},
          selector: {class: 'serial', suffix: null},
          before: null,
        },
      }) as Fact,
  ),
  label.map(
    (next): Fact => ({
      type: 'cim.leaf.labelled.v1',
      subject: 'l',
      data: {label: next, before: {label: null}},
    }),
  ),
);

const JOBS = [
  '00000000-0000-7000-8000-0000000000a1',
  '00000000-0000-7000-8000-0000000000a2',
] as const;
const command = 'event.verify';
const expiresAt = '2026-11-22T17:00:00.000Z';

const jobFact: fc.Arbitrary<Fact> = fc
  .tuple(fc.constantFrom(...JOBS), fc.constantFrom('done' as const, 'failed' as const))
  .chain(([subject, outcome]) =>
    fc.constantFrom<Fact>(
      jobAccepted(subject),
      {type: 'cim.job.interrupted.v1', subject, data: {command, expiresAt}},
      {type: 'cim.job.resumed.v1', subject, data: {command, reason: 'restart'}},
      {type: 'cim.job.cancel-requested.v1', subject, data: {command}},
      {type: 'cim.job.ended.v1', subject, data: {command, outcome, reason: null, result: null}},
    ),
  );

const provenance = fc.record({
  // Clocks jump, forward and back.
  minute: fc.integer({min: 0, max: 59}),
  clock: fc.constantFrom('synced' as const, 'unsynced' as const, 'unknown' as const),
  actor: fc.option(fc.constantFrom('anna', 'ben')),
  command: fc.integer({min: 0, max: 9}),
});

const event = fc
  .tuple(fc.oneof({arbitrary: fact, weight: 4}, jobFact), provenance)
  .map(([what, {minute, clock, actor, command}]) => {
    const {event: plain} = recordedFact(0, what);
    const time = `2026-11-22T16:${String(minute).padStart(2, '0')}:00.000Z`;
    const causationid = `00000000-0000-7000-8000-00000000000${command}`;
    const by = actor === null ? {} : {actor, causationid};
    return {kind: 'event', event: {...plain, time, clock, ...by} as CimEvent} as const;
  });

const newer = port.map((id) => {
  const {event: plain} = recordedFact(0, socketAdded(id));
  const type = 'cim.port.painted.v1';
  const envelope: Envelope = {...plain, type, dataschema: dataSchemaOf(type)};
  return {kind: 'newer', aggregate: 'port', id, envelope} as const;
});

const unreadable = fc.constant({
  kind: 'unreadable',
  subject: 'cim.l.events.port.usb-1.added',
  reason: 'not JSON',
  body: '{',
} as const);

/** A stream's messages from sequence 1 on. */
export const arbitraryHistoryOf = (minLength: number): fc.Arbitrary<readonly StoredMessage[]> =>
  fc
    .array(fc.oneof({arbitrary: event, weight: 20}, {arbitrary: newer, weight: 1}, unreadable), {
      minLength,
      maxLength: 60,
    })
    .map((messages) => messages.map((message, index) => ({...message, sequence: index + 1})));

export const arbitraryHistory = arbitraryHistoryOf(0);
