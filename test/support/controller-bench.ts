import {setImmediate as nextTurn} from 'node:timers/promises';

import type {Fact} from '#domain/catalogue.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream} from '#drivers/memory/event-stream.ts';
import {createMemoryIds} from '#drivers/memory/ids.ts';
import {createMemoryPortControl} from '#drivers/memory/port-control.ts';
import {createMemoryRevertGuard} from '#drivers/memory/revert-guard.ts';
import {type Journal, openJournal} from '#services/journal.ts';
import {createPortController, type PortController} from '#services/port/controller.ts';
import {adapterAdded, socketAdded} from '#test/support/facts.ts';
import {silentLog} from '#test/support/silent-log.ts';

const STORE_ID = '0b0e7c1e-5f0a-4f0c-9a70-8a2f0f5b7f13';
export const ADAPTER = 'd-aaaaaaaaaa';
export const CARD = 'd-bbbbbbbbbb';

/** What outlives an agent: the stream, the hardware, the guards, and time. */
export function createMachine() {
  const clock = createMemoryClock();
  const control = createMemoryPortControl();
  return {
    clock,
    control,
    guard: createMemoryRevertGuard(clock, control),
    stream: createMemoryStream({storeId: STORE_ID}),
    ids: createMemoryIds(),
    /** Between what was stored before an agent, and the agent. */
    pauseSeconds: 0,
    /** So many answers of the store are refusals. */
    refusals: 0,
    /** Positions that have something in them. */
    filled: new Set(['0000/14.0/usb/usb-1', '0000/lan']),
  };
}

/** An agent's life on a machine; ended by `kill`. */
export async function begin(machine = createMachine(), ...given: readonly Fact[]) {
  const {clock, control, guard, stream, ids, filled} = machine;
  const life = new AbortController();
  const {signal} = life;
  const store = createMemoryEventStore({leafId: 'l', stream});
  await store.open(signal);
  let controller: PortController | undefined;
  const common = {clock, log: silentLog, signal};
  const journal = await openJournal({
    ...common,
    leafId: 'l',
    bootId: null,
    epoch: 1,
    store,
    ids,
    onApplied: (message) => controller?.onStored(message),
  });
  const submit = (...facts: readonly Fact[]) => journal.submit(() => facts, {});
  await submit(...given);
  await clock.turn(machine.pauseSeconds * 1000);
  const devpathsAt = (position: string) => (filled.has(position) ? [`/devices/${position}`] : []);
  const refusing: Pick<Journal, 'inventory' | 'submit'> = {
    inventory: () => journal.inventory(),
    async submit(decide, cause) {
      machine.refusals -= 1;
      return machine.refusals < 0
        ? journal.submit(decide, cause)
        : {kind: 'refused', refused: 'store-full'};
    },
  };
  const parts = {...common, journal: refusing, control, guard, devpathsAt};
  controller = createPortController(parts);
  await controller.start();
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 20; round += 1) {
      await nextTurn();
      await journal.settled();
    }
  };
  return {
    ...machine,
    machine,
    port: (id: string) => journal.inventory().ports[id],
    async tell(...facts: readonly Fact[]) {
      await submit(...facts);
      await settle();
    },
    async pass(seconds: number) {
      await clock.turn(seconds * 1000);
      await settle();
    },
    settle,
    kill: () => life.abort(),
    /** Kinds and data of the changes that were stored. */
    async changes() {
      const told: {readonly what: string; readonly data: unknown}[] = [];
      for await (const portion of store.readPortions({
        from: 1,
        signal: new AbortController().signal,
      })) {
        for (const message of portion) {
          const type = message.kind === 'event' ? message.event.type : '';
          if (type.startsWith('cim.port.change-') && message.kind === 'event') {
            told.push({what: type.slice(16, -3), data: message.event.data});
          }
        }
      }
      return told;
    },
    async whats() {
      return (await this.changes()).map(({what}) => what);
    },
  };
}

export const SOCKET = [socketAdded('usb-1'), adapterAdded(ADAPTER, 'usb-1')];
