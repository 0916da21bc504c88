import {setImmediate as nextTurn} from 'node:timers/promises';

import {expect, it} from 'vitest';

import type {Fact} from '#domain/catalogue.ts';
import {CimError} from '#domain/errors.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream} from '#drivers/memory/event-stream.ts';
import {createMemoryIds} from '#drivers/memory/ids.ts';
import {createMemoryPortControl} from '#drivers/memory/port-control.ts';
import {createMemoryRevertGuard} from '#drivers/memory/revert-guard.ts';
import {type Journal, openJournal} from '#services/journal.ts';
import {createPortController, type PortController} from '#services/port/controller.ts';
import {adapterAdded, adapterRemoved, socketAdded} from '#test/support/facts.ts';
import {networkAdded, wantedChange} from '#test/support/port-changes.ts';
import {silentLog} from '#test/support/silent-log.ts';

const STORE_ID = '0b0e7c1e-5f0a-4f0c-9a70-8a2f0f5b7f13';
const ADAPTER = 'd-aaaaaaaaaa';
const CARD = 'd-bbbbbbbbbb';

/** What outlives an agent: the stream, the hardware, the guards, and time. */
function createMachine() {
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
async function begin(machine = createMachine(), ...given: readonly Fact[]) {
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

const SOCKET = [socketAdded('usb-1'), adapterAdded(ADAPTER, 'usb-1')];

it('does what is wanted, reads it back and tells it', async () => {
  const leaf = await begin(createMachine(), ...SOCKET);
  await leaf.tell(wantedChange('usb-1', {enabled: false}, null));
  expect(leaf.control.condition('usb-1').enabled).toBe(false);
  expect(await leaf.changes()).toMatchObject([
    {what: 'requested'},
    {what: 'applied', data: {requested: 3, found: {enabled: true}, deadline: null}},
  ]);
  expect(leaf.port('usb-1')).toMatchObject({state: 'disabled', change: null});
  await leaf.tell(wantedChange('usb-1', {enabled: true}, null));
  expect(leaf.port('usb-1')).toMatchObject({state: 'present', wanted: {enabled: true}});
});

it('tells what failed, and wants what was wanted before', async () => {
  const leaf = await begin(createMachine(), ...SOCKET);
  leaf.control.fail(new CimError('permission-denied', 'write 0'));
  await leaf.tell(wantedChange('usb-1', {enabled: false}, null));
  expect((await leaf.changes()).at(-1)).toMatchObject({
    what: 'failed',
    data: {reason: 'permission-denied: write 0', undone: true},
  });
  expect(leaf.port('usb-1')).toMatchObject({state: 'present', wanted: {}, change: null});
});

it('takes a change on trial back when nobody confirms it', async () => {
  const leaf = await begin(createMachine(), networkAdded(CARD, 'lan'));
  await leaf.tell(wantedChange('lan', {enabled: false}, 120));
  expect(leaf.port('lan')).toMatchObject({state: 'disabled', change: {state: 'trial'}});
  expect(leaf.control.condition('lan').link).toBe('down');
  await leaf.pass(119);
  expect(leaf.control.condition('lan').link).toBe('down');
  await leaf.pass(2);
  expect(leaf.control.condition('lan').link).toBe('up');
  expect((await leaf.changes()).at(-1)).toMatchObject({
    what: 'reverted',
    data: {by: 'guard', at: '2026-11-22T16:02:00.000Z', undone: true},
  });
  expect(leaf.port('lan')).toMatchObject({state: 'present', wanted: {}, change: null});
  expect(await leaf.guard.list()).toEqual([]);
});

it('leaves what was confirmed', async () => {
  const leaf = await begin(createMachine(), networkAdded(CARD, 'lan'));
  const change = {link: 'down'} as const;
  await leaf.tell(wantedChange('lan', change, 120));
  const data = {requested: 2, change};
  await leaf.tell({type: 'cim.port.change-confirmed.v1', subject: 'lan', data});
  expect(await leaf.guard.list()).toEqual([]);
  await leaf.pass(300);
  expect(leaf.control.condition('lan').link).toBe('down');
  expect(await leaf.whats()).toEqual(['requested', 'applied', 'confirmed']);
});

it('tells of a guard that acted while there was no agent', async () => {
  const first = await begin(createMachine(), networkAdded(CARD, 'lan'));
  await first.tell(wantedChange('lan', {link: 'down'}, 60));
  first.kill();
  await first.clock.turn(3_600_000);
  const second = await begin(first.machine);
  await second.settle();
  expect((await second.changes()).at(-1)).toMatchObject({
    what: 'reverted',
    data: {requested: 2, by: 'guard', at: '2026-11-22T16:01:00.000Z'},
  });
});

it('does the work of a guard that is gone', async () => {
  const first = await begin(createMachine(), networkAdded(CARD, 'lan'));
  await first.tell(wantedChange('lan', {link: 'down'}, 60));
  first.kill();
  await first.guard.forget('lan-2');
  const second = await begin(first.machine);
  await second.pass(66);
  expect(second.control.condition('lan').link).toBe('up');
  expect((await second.changes()).at(-1)).toMatchObject({what: 'reverted', data: {by: 'agent'}});
});

it('disarms what was confirmed while an agent died', async () => {
  const first = await begin(createMachine(), networkAdded(CARD, 'lan'));
  const change = {link: 'down'} as const;
  await first.tell(wantedChange('lan', change, 60));
  first.kill();
  const data = {requested: 2, change};
  const second = await begin(first.machine, {
    type: 'cim.port.change-confirmed.v1',
    subject: 'lan',
    data,
  });
  await second.pass(120);
  expect(second.control.condition('lan').link).toBe('down');
});

it('takes back what an agent had armed and did not come to tell', async () => {
  const machine = createMachine();
  const given = [networkAdded(CARD, 'lan'), wantedChange('lan', {link: 'down'}, 60)];
  const first = await begin(machine);
  const {control, guard} = machine;
  const {signal} = new AbortController();
  const port = {portId: 'lan', devpaths: ['/devices/lan'], interface: 'lan', line: null};
  const steps = await control.wayBack(port, ['link'], signal);
  await guard.arm({id: 'lan-2', afterSeconds: 60, steps}, signal);
  await control.apply(port, {link: 'down'}, signal);
  first.kill();
  const second = await begin(machine, ...given);
  await second.settle();
  expect(control.condition('lan').link).toBe('up');
  expect(await second.whats()).toEqual(['requested', 'reverted']);
});

it.each([
  [299, ['requested', 'applied'], 'down'],
  [301, ['requested', 'failed'], 'up'],
])('what was wanted %i s before an agent came is told as %j', async (pauseSeconds, whats, link) => {
  const machine = {...createMachine(), pauseSeconds};
  const given = [networkAdded(CARD, 'lan'), wantedChange('lan', {link: 'down'}, null)];
  const leaf = await begin(machine, ...given);
  expect(await leaf.whats()).toEqual(whats);
  expect(machine.control.condition('lan').link).toBe(link);
});

it('sets a unit again that comes into a disabled socket', async () => {
  const leaf = await begin(createMachine(), socketAdded('usb-1'));
  leaf.filled.delete('0000/14.0/usb/usb-1');
  await leaf.tell(wantedChange('usb-1', {enabled: false}, null));
  expect(leaf.control.writes()).toBe(0);
  expect(leaf.port('usb-1')).toMatchObject({state: 'disabled'});
  leaf.filled.add('0000/14.0/usb/usb-1');
  await leaf.tell(adapterAdded(ADAPTER, 'usb-1'));
  expect(leaf.control.condition('usb-1').enabled).toBe(false);
  expect((await leaf.changes()).at(-1)).toMatchObject({
    what: 'applied',
    data: {requested: null, occasion: 'plug'},
  });
  await leaf.tell(adapterRemoved(ADAPTER, 'usb-1'));
  expect(leaf.port('usb-1')).toMatchObject({state: 'disabled', deviceId: null});
});

it('a network port is up only where neither wish says otherwise', async () => {
  const leaf = await begin(createMachine(), networkAdded(CARD, 'lan'));
  await leaf.tell(wantedChange('lan', {link: 'down'}, null));
  await leaf.tell(wantedChange('lan', {enabled: false}, null));
  await leaf.tell(wantedChange('lan', {enabled: true}, null));
  expect(leaf.control.condition('lan').link).toBe('down');
  await leaf.tell(wantedChange('lan', {link: 'up'}, null));
  expect(leaf.control.condition('lan').link).toBe('up');
});

it('does every wish, though only the newest has a turn of its own', async () => {
  const leaf = await begin(createMachine(), networkAdded(CARD, 'lan'));
  await leaf.tell(
    wantedChange('lan', {mtu: 9000}, null),
    wantedChange('lan', {speedMbps: 100}, null),
    wantedChange('lan', {link: 'down'}, null),
  );
  expect(leaf.control.condition('lan')).toMatchObject({mtu: 9000, speedMbps: 100, link: 'down'});
  expect((await leaf.changes()).slice(3)).toMatchObject([
    {what: 'applied', data: {requested: 4, change: {link: 'down'}}},
    {what: 'applied', data: {requested: null, change: {mtu: 9000, speedMbps: 100}}},
  ]);
});

it('finds a port once, however often it has to begin', async () => {
  const leaf = await begin(createMachine(), ...SOCKET);
  leaf.machine.refusals = 1;
  await leaf.tell(wantedChange('usb-1', {enabled: false}, null));
  expect(await leaf.whats()).toEqual(['requested']);
  await leaf.pass(6);
  expect((await leaf.changes()).at(-1)).toMatchObject({
    what: 'applied',
    data: {found: {enabled: true}},
  });
});

it('wants no more what failed while a newer wish waited', async () => {
  const leaf = await begin(createMachine(), networkAdded(CARD, 'lan'));
  await leaf.tell(
    wantedChange('lan', {mtu: 9000}, null),
    wantedChange('lan', {speedMbps: 100}, null),
    {
      type: 'cim.port.change-failed.v1',
      subject: 'lan',
      data: {requested: 2, change: {mtu: 9000}, reason: 'process-failed: x', undone: true},
    },
  );
  expect(leaf.port('lan')).toMatchObject({wanted: {speedMbps: 100}, change: null});
});

it('sets again what came along with a dock', async () => {
  const dock = {...socketAdded('usb-2'), subject: 'usb-2'};
  const leaf = await begin(createMachine(), ...SOCKET, dock, networkAdded(CARD, 'lan'));
  await leaf.tell(wantedChange('lan', {mtu: 9000}, null));
  await leaf.control.apply(
    {portId: 'lan', devpaths: [], interface: 'lan', line: null},
    {mtu: 1500},
    new AbortController().signal,
  );
  const place = (id: string, portId: string) => ({id, portId, position: portId, functions: []});
  await leaf.tell({
    type: 'cim.device.moved.v1',
    subject: ADAPTER,
    data: {
      ...place(ADAPTER, 'usb-2'),
      followers: [{...place(CARD, 'lan'), before: place(CARD, 'lan')}],
      before: place(ADAPTER, 'usb-1'),
    },
  } as never);
  expect(leaf.control.condition('lan').mtu).toBe(9000);
});
