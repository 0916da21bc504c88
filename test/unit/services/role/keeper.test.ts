import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';

import type {LinkRule} from '#contracts/role-links.ts';
import {loadFixture} from '#test/support/hardware.ts';
import {openRoleBench, type RoleBench} from '#test/support/role-bench.ts';

const SCALE = loadFixture('ftdi-1-3');
const TWINS = {first: loadFixture('clone-1-2'), second: loadFixture('clone-1-3')};
const STICK = loadFixture('lte-stick-1-3');
const LINK = '/dev/cim/scale';

let bench: RoleBench;
beforeEach(async () => {
  bench = await openRoleBench();
});
afterEach(() => bench.stop());

const deviceIn = async (port: string): Promise<string> => (await bench.port(port)).device?.id ?? '';

describe('a role by its port', () => {
  test('leads to what is plugged in there, and to nothing when it is gone', async () => {
    await bench.wish('bind', 'scale', {port: '1-3', class: 'serial'});
    expect(await bench.role('scale')).toMatchObject({holder: 'absent', links: []});
    await bench.plug(SCALE);
    const right = {path: LINK, node: '/dev/ttyUSB0', state: 'right'};
    expect(await bench.role('scale')).toMatchObject({holder: 'held', links: [right]});
    expect(bench.links()).toEqual([[LINK, '/dev/ttyUSB0']]);
    await bench.unplug(SCALE);
    expect(await bench.role('scale')).toMatchObject({holder: 'absent', links: []});
    expect(bench.links()).toEqual([]);
  });

  test('finds its link at once when the unit comes back', async () => {
    await bench.plug(SCALE);
    await bench.wish('bind', 'scale', {port: '1-3'});
    await bench.unplug(SCALE);
    bench.monitor.plug(SCALE);
    expect(bench.links()).toEqual([[LINK, '/dev/ttyUSB0']]);
  });

  test('has a path for each node of a modem, and its name for the interface', async () => {
    await bench.plug(STICK);
    await bench.wish('bind', 'uplink', {port: '1-3'});
    const {links} = await bench.role('uplink');
    expect(links.map(({path, node, state}) => [path, node, state])).toEqual([
      ['/dev/cim/uplink/control', '/dev/cdc-wdm0', 'right'],
      ['/dev/cim/uplink/tty-if00', '/dev/ttyUSB0', 'right'],
      ['/dev/cim/uplink/tty-if02', '/dev/ttyUSB1', 'right'],
      ['/dev/cim/uplink/tty-if03', '/dev/ttyUSB2', 'right'],
      ['uplink', 'wwan0', 'right'],
    ]);
  });

  test('leads nowhere when nothing there has the function', async () => {
    await bench.wish('bind', 'scale', {port: '1-3', class: 'storage'});
    await bench.plug(SCALE);
    expect(await bench.role('scale')).toMatchObject({holder: 'unfit', links: []});
  });
});

describe('a role that several things fit', () => {
  const READER = loadFixture('card-reader-1-4');

  test('leads nowhere until a suffix says which: a slot without a card counts', async () => {
    await bench.plug(READER);
    await bench.wish('bind', 'cards', {port: '1-4', class: 'storage'});
    const {holder, links} = await bench.role('cards');
    expect({holder, links}).toMatchObject({
      holder: 'ambiguous',
      links: [{path: '/dev/cim/cards', node: null, state: 'ambiguous'}],
    });
    expect(bench.links()).toEqual([]);
    const [slot] = (await bench.port('1-4')).device?.functions ?? [];
    await bench.wish('bind', 'cards', {port: '1-4', class: 'storage', suffix: slot?.id});
    expect(await bench.role('cards')).not.toMatchObject({holder: 'ambiguous'});
  });
});

describe('a role by its unit', () => {
  test('goes with it from socket to socket', async () => {
    await bench.plug(TWINS.first);
    await bench.wish('bind', 'scale', {device: await deviceIn('1-2')});
    await bench.unplug(TWINS.first);
    bench.monitor.plug(TWINS.second); // the same serial: the same unit, as far as anybody can tell
    expect(bench.links()).toEqual([[LINK, '/dev/ttyUSB2']]);
    expect(await bench.role('scale')).toMatchObject({holder: 'held', links: [{state: 'right'}]});
  });

  test('is not taken over by another one with the same serial', async () => {
    await bench.plug(TWINS.first);
    await bench.wish('bind', 'scale', {device: await deviceIn('1-2'), class: 'serial'});
    const [held] = (await bench.role('scale')).links;
    expect(held?.state).toBe('right');
    bench.monitor.plug(TWINS.second);
    expect(bench.links()).toEqual([[LINK, held?.node]]);
    expect((await bench.role('scale')).links).toEqual([held]);
    await bench.unplug(TWINS.first);
    expect(await bench.role('scale')).toMatchObject({holder: 'absent', links: []});
    expect(bench.links()).toEqual([]);
  });
});

test('what calls itself a keyboard is muted for a role that says it is a scanner', async () => {
  const keyboard = loadFixture('scanner-1-8').map((device) =>
    device.devtype === 'usb_device'
      ? {...device, attributes: {...device.attributes, idVendor: '1a2c', product: 'USB Keyboard'}}
      : device,
  );
  bench.stop();
  let rules: readonly LinkRule[] = [];
  bench = await openRoleBench((own) => ({
    ...own,
    async write(next, signal) {
      rules = next;
      await own.write(next, signal);
    },
  }));
  const muted = () => rules.filter(({isMuted}) => isMuted).map(({namePattern}) => namePattern);
  await bench.plug(keyboard);
  expect((await bench.port('1-8')).device?.functions).toMatchObject([{class: 'input'}]);
  await bench.wish('bind', 'desk', {port: '1-8', class: 'input'});
  await bench.role('desk');
  expect(rules.length).toBeGreaterThan(0);
  expect(muted()).toEqual([]);
  await bench.wish('unbind', 'desk');
  await bench.wish('bind', 'gate', {port: '1-8', class: 'scanner'});
  expect(await bench.role('gate')).toMatchObject({holder: 'held'});
  expect(muted()).toEqual(['event[0-9]*']);
  expect(await bench.wish('bind', 'other', {port: '1-8', class: 'serial'})).toMatchObject({
    code: 'no-function',
  });
});

test('a unit that comes back finds its link by the rules alone, however slow the leaf is', async () => {
  bench.stop();
  const asked: (readonly string[])[] = [];
  bench = await openRoleBench((own) => ({
    ...own,
    trigger: async (devpaths, signal) => {
      asked.push(devpaths);
      await own.trigger(devpaths, signal);
    },
  }));
  await bench.plug(SCALE);
  await bench.wish('bind', 'scale', {port: '1-3'});
  expect(await bench.role('scale')).toMatchObject({links: [{state: 'right'}]});
  const bound = asked.length;
  expect(bound).toBeGreaterThan(0);
  await bench.unplug(SCALE);
  await bench.plug(SCALE);
  expect(await bench.role('scale')).toMatchObject({links: [{path: LINK, state: 'right'}]});
  expect(asked.slice(bound)).toEqual([]);
});

test('a socket takes the next unit of its kind by the rules alone, wherever the last one is', async () => {
  const asked: (readonly string[])[] = [];
  bench.stop();
  bench = await openRoleBench((own) => ({
    ...own,
    trigger: async (devpaths, signal) => {
      asked.push(devpaths);
      await own.trigger(devpaths, signal);
    },
  }));
  await bench.plug(TWINS.first);
  await bench.wish('bind', 'gate', {port: '1-2', class: 'serial'});
  const gate = '/dev/cim/gate';
  expect(await bench.role('gate')).toMatchObject({links: [{path: gate, state: 'right'}]});
  await bench.unplug(TWINS.first);
  await bench.plug(TWINS.second); // the same unit, as far as anybody can tell: it has moved
  const moved = asked.length;
  expect(await bench.role('gate')).toMatchObject({holder: 'absent', links: []});
  bench.monitor.plug(TWINS.first);
  await bench.clock.turn(0);
  expect(bench.links().map(([path]) => path)).toEqual([gate]);
  expect(await bench.role('gate')).toMatchObject({links: [{path: gate, state: 'right'}]});
  expect(asked.slice(moved)).toEqual([]);
});

test('a link that leads elsewhere is put right', async () => {
  bench.stop();
  let away = 2;
  bench = await openRoleBench((own) => ({
    ...own,
    trigger: async (devpaths, signal) => {
      away -= 1;
      return away < 0 ? own.trigger(devpaths, signal) : undefined;
    },
  }));
  await bench.plug(SCALE);
  await bench.wish('bind', 'scale', {port: '1-3'});
  const missing = await bench.role('scale');
  expect(missing.links).toMatchObject([{path: LINK, state: 'missing'}]);
  await bench.clock.turn(10_000);
  expect((await bench.role('scale')).links).toMatchObject([{path: LINK, state: 'right'}]);
});

test('whatever came first, everything ends in one state', async () => {
  const steps = {
    plug: () => bench.plug(SCALE),
    twin: () => bench.plug(TWINS.first),
    bindScale: () => bench.wish('bind', 'scale', {port: '1-3', class: 'serial'}),
    bindGate: () => bench.wish('bind', 'gate', {port: '1-2'}),
    moveAway: async () => {
      await bench.wish('bind', 'late', {port: '1-2'});
      await bench.wish('unbind', 'late');
    },
  };
  const names = Object.keys(steps) as readonly (keyof typeof steps)[];
  const order = fc.shuffledSubarray([...names], {minLength: names.length});
  await fc.assert(
    fc.asyncProperty(order, async (sequence) => {
      bench.stop();
      bench = await openRoleBench();
      for (const name of sequence) {
        await steps[name]();
      }
      await bench.clock.turn(5000);
      expect(bench.links()).toEqual([
        ['/dev/cim/gate', '/dev/ttyUSB1'],
        ['/dev/cim/scale', '/dev/ttyUSB0'],
      ]);
    }),
    {numRuns: 25},
  );
});
