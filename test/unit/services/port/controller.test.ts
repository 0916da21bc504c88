import {expect, it} from 'vitest';

import {CimError} from '#domain/errors.ts';
import {ADAPTER, begin, CARD, createMachine, SOCKET} from '#test/support/controller-bench.ts';
import {adapterAdded, adapterRemoved, socketAdded} from '#test/support/facts.ts';
import {networkAdded, wantedChange} from '#test/support/port-changes.ts';

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
