import {expect, test} from 'vitest';

import {until} from '#test/support/until.ts';
import {vmsForFile} from '#test/support/vm/file-vm.ts';
import {classesOf, PortLine, parsePort} from '#test/support/vm/port-line.ts';
import type {Vm} from '#test/support/vm/vm.ts';

const openVm = vmsForFile();

/** The port that holds a text, as soon as the agent tells of it. */
const portWith = async (vm: Vm, ...texts: readonly string[]): Promise<PortLine> =>
  parsePort((await vm.ports.find((line) => texts.every((text) => line.includes(text)))).text);

const portsNow = async (vm: Vm): Promise<readonly PortLine[]> =>
  (await vm.json('port', 'list', '--all')).map((row) => PortLine.parse(row));

/** Types of the events since a sequence. */
async function typesSince(vm: Vm, sequence: unknown): Promise<readonly unknown[]> {
  const events = await vm.json('event', 'list', '--from', String(Number(sequence) + 1));
  return events.map(({type}) => type);
}

const sequenceNow = async (vm: Vm): Promise<unknown> => (await vm.json('status'))[0]?.sequence;

test('a keyboard, a stick, a network and a sound adapter are what they are', async () => {
  const vm = await openVm();
  await vm.plug({driver: 'usb-kbd', port: '1', serial: 'KBD0002'});
  await vm.plug({driver: 'usb-storage', port: '2', serial: 'STICK0002'});
  await vm.plug({driver: 'usb-net', port: '4', serial: 'NET0002'});
  await vm.plug({driver: 'usb-audio', port: '5', serial: 'AUDIO0002'});
  const held = (serial: string, name: string) => portWith(vm, serial, `"class":"${name}"`);
  expect(classesOf(await held('KBD0002', 'input'))).toEqual(['input']);
  expect(classesOf(await held('STICK0002', 'storage'))).toEqual(['storage']);
  expect(classesOf(await held('NET0002', 'network'))).toContain('network');
  expect((await held('AUDIO0002', 'audio')).device?.name).toMatch(/audio/i);
});

test('two units with one serial are told apart, and one without a serial by its place', async () => {
  const vm = await openVm();
  await vm.plug({driver: 'usb-serial', port: '1', serial: 'TWIN0001'});
  const first = await portWith(vm, 'TWIN0001', 'ttyUSB0');
  expect(first.device).toMatchObject({ambiguous: false, identity: 'serial'});
  await vm.plug({driver: 'usb-serial', port: '2', serial: 'TWIN0001'});
  const twins = await until(
    async () => (await portsNow(vm)).filter(({device}) => device?.serial === 'TWIN0001'),
    (found) => found.length === 2 && found.every(({device}) => device?.ambiguous === true),
  );
  expect(new Set(twins.map(({device}) => device?.id)).size).toBe(2);

  await vm.plug({driver: 'usb-serial', port: '3', serial: ''});
  const nameless = await portWith(vm, 'ttyUSB2');
  expect(nameless.device).toMatchObject({serial: null, identity: 'position', ambiguous: false});
});

test('a unit that is plugged in elsewhere is the same unit, in another port', async () => {
  const vm = await openVm();
  const adapter = await vm.plug({driver: 'usb-serial', port: '1', serial: 'MOVES0001'});
  const before = await portWith(vm, 'MOVES0001', 'ttyUSB');
  await adapter.unplug();
  await vm.ports.find((line) => line.includes(`"id":"${before.id}"`) && line.includes('"absent"'));
  const sequence = await sequenceNow(vm);
  await vm.plug({driver: 'usb-serial', port: '6', serial: 'MOVES0001'});
  const after = await portWith(vm, 'MOVES0001', '"name":"1-6"', 'ttyUSB');
  expect(after.device?.id).toBe(before.device?.id);
  expect(after.id).not.toBe(before.id);
  const [moved, ...rest] = await typesSince(vm, sequence);
  expect([moved, rest]).toEqual(['cim.device.moved.v1', []]);
});

test('a hub brings its sockets in one event, and they go with it', async () => {
  const vm = await openVm();
  const sequence = await sequenceNow(vm);
  const hub = await vm.plug({driver: 'usb-hub', port: '7', serial: ''});
  const ports = await until(
    () => portsNow(vm),
    (rows) => rows.filter(({name}) => /^1-7\.\d$/.test(name ?? '')).length === 8,
  );
  const holder = ports.find(({name}) => name === '1-7');
  const sockets = ports.filter(({parent}) => parent === holder?.id);
  expect(sockets.map(({state}) => state)).toEqual(Array.from({length: 8}, () => 'absent'));
  expect((await typesSince(vm, sequence)).length).toBeLessThanOrEqual(3);

  await vm.plug({driver: 'usb-serial', port: '7.2', serial: 'BEHIND0001'});
  expect(await portWith(vm, 'BEHIND0001')).toMatchObject({name: '1-7.2', parent: holder?.id});
  await hub.unplug();
  await until(
    () => portsNow(vm),
    (rows) => rows.every(({device}) => device?.serial !== 'BEHIND0001'),
  );
});

test('a dock that is pulled and plugged in elsewhere is one event each, with all behind it', async () => {
  const vm = await openVm();
  const hub = await vm.plug({driver: 'usb-hub', port: '1', serial: 'DOCK0001'});
  await portWith(vm, 'DOCK0001');
  await vm.plug({driver: 'usb-serial', port: '1.2', serial: 'DOCKED0001'});
  const before = await portWith(vm, 'DOCKED0001', 'ttyUSB');
  await vm.json('port', 'label', before.id, 'dock left');
  const [known] = await vm.json('device', 'list', '--filter', 'DOCKED0001');
  const sequence = await sequenceNow(vm);
  await hub.unplug();
  await until(
    async () => await typesSince(vm, sequence),
    (types) => types.includes('cim.device.removed.v1'),
  );
  await vm.plug({driver: 'usb-hub', port: '3', serial: 'DOCK0001'});
  await vm.plug({driver: 'usb-serial', port: '3.2', serial: 'DOCKED0001'});
  await until(
    () => portsNow(vm),
    (rows) => rows.some(({label, device}) => label === 'dock left' && device !== null),
  );
  // The guest is so slow that what is behind the hub may be told of as gone before it is.
  const [moved, ...gone] = (await typesSince(vm, sequence)).toReversed();
  expect(moved).toBe('cim.device.moved.v1');
  expect(new Set(gone)).toEqual(new Set(['cim.device.removed.v1']));
  const after = (await portsNow(vm)).find(({label}) => label === 'dock left');
  expect(after).toMatchObject({id: before.id, name: '1-3.2', device: {id: known?.id}});
});
