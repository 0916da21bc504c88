import {afterEach, describe, expect, test} from 'vitest';

import type {KernelDevice} from '#domain/kernel-device.ts';
import {
  bridgeOf,
  emptyLeaf,
  type HardwareBench,
  linkOf,
  loadFixture,
  startHardwareBench,
  typeWords,
} from '#test/support/hardware.ts';

const BOX = loadFixture('edge-box');
const CABLE = linkOf(2, 'eth0', {hasCarrier: true, speedMbps: 1000});
const FTDI_PATH = '/devices/pci0000:00/0000:00:14.0/usb1/1-3';

let bench: HardwareBench;

async function started(...args: Parameters<typeof startHardwareBench>): Promise<void> {
  bench = await startHardwareBench(...args);
}

afterEach(() => bench.watch.stop());

const veth = (name: string, ifindex: number): KernelDevice => ({
  ...bridgeOf(name, ifindex),
  devtype: null,
});

describe('start', () => {
  test('stores what is there, and nothing the second time', async () => {
    await started(BOX, [CABLE]);
    const facts = bench.news();
    expect(facts.length).toBeGreaterThan(8);
    expect(facts.every(({type}) => /^cim\.(?:device|port)\.added\.v1$/.test(type))).toBe(true);
    const {inventory} = bench;
    await bench.watch.stop();
    await started(BOX, [CABLE], inventory());
    expect(bench.news()).toEqual([]);
  });

  test('says what changed while nobody watched', async () => {
    await started(BOX, [CABLE]);
    const known = bench.inventory();
    await bench.watch.stop();
    await started([...BOX, ...loadFixture('ftdi-1-3')], [CABLE], known);
    const [resynced, added] = bench.news();
    expect(resynced?.data).toMatchObject({cause: 'start', drops: 0, changes: [added?.subject]});
    expect(added?.data).toMatchObject({origin: 'start'});
  });
});

describe('plug', () => {
  test('is told once, when its records have ended', async () => {
    await started(BOX, [CABLE]);
    bench.news();
    bench.monitor.plug(loadFixture('ftdi-1-3'));
    await bench.clock.turn(0);
    await bench.clock.turn(200);
    expect(bench.news()).toEqual([]);
    await bench.clock.turn(150);
    expect(typeWords(bench.news())).toEqual(['device.added']);
  });

  test('records that do not end are not waited for longer than two seconds', async () => {
    await started(BOX, [CABLE]);
    bench.news();
    const ftdi = loadFixture('ftdi-1-3');
    bench.monitor.plug(ftdi);
    for (let tenth = 0; tenth < 22; tenth += 1) {
      await bench.clock.turn(100);
      bench.monitor.plug(ftdi.slice(-1));
    }
    expect(typeWords(bench.news())).toEqual(['device.added']);
  });

  test('what is pulled is told at once', async () => {
    await started([...BOX, ...loadFixture('ftdi-1-3')], [CABLE]);
    bench.news();
    bench.monitor.unplug(FTDI_PATH);
    await bench.clock.turn(0);
    expect(typeWords(bench.news())).toEqual(['device.removed']);
  });

  test('is told as gone and come where both are read in one breath', async () => {
    const ftdi = loadFixture('ftdi-1-3');
    await started([...BOX, ...ftdi], [CABLE]);
    bench.news();
    bench.monitor.unplug(FTDI_PATH);
    bench.monitor.plug(ftdi);
    await bench.clock.turn(0);
    await bench.clock.turn(400);
    expect(typeWords(bench.news())).toEqual(['device.removed', 'device.added']);
  });

  test('a hub with what is in it is told parents first', async () => {
    await started(BOX, [CABLE]);
    bench.news();
    bench.monitor.plug([...loadFixture('hub-1-1'), ...loadFixture('disk-2-2.4')]);
    await bench.clock.turn(0);
    await bench.clock.turn(400);
    const [hub, disk, ...rest] = bench.news();
    expect(rest).toEqual([]);
    expect(hub?.data).toMatchObject({portId: 'usb-14-0-1', sockets: {length: 3}});
    expect(disk?.data).toMatchObject({portId: 'usb-14-0-1-4', port: {parent: 'usb-14-0-1'}});
  });

  test('a function that comes late changes the functions', async () => {
    await started(BOX, [CABLE]);
    const disk = [...loadFixture('hub-1-1'), ...loadFixture('disk-2-2.4')];
    const isLate = ({subsystem}: KernelDevice) => subsystem === 'block';
    bench.monitor.plug(disk.filter((device) => !isLate(device)));
    await bench.clock.turn(0);
    await bench.clock.turn(400);
    bench.news();
    bench.monitor.plug(disk.filter(isLate));
    await bench.clock.turn(0);
    await bench.clock.turn(400);
    expect(typeWords(bench.news())).toEqual(['device.functions-changed']);
  });

  test('a card put into a reader is told at once', async () => {
    const reader = loadFixture('card-reader-1-4');
    await started([...BOX, ...reader], [CABLE]);
    bench.news();
    const slot = reader.find(({node}) => node === '/dev/sdd');
    expect(slot).toBeDefined();
    if (slot !== undefined) {
      bench.monitor.change({...slot, attributes: {...slot.attributes, size: '2048'}});
    }
    await bench.clock.turn(0);
    expect(typeWords(bench.news())).toEqual(['device.functions-changed']);
  });
});

describe('with udev', () => {
  test('a unit is whole with the word of udev on its bind', async () => {
    await started(BOX, [CABLE], emptyLeaf, true);
    bench.news();
    bench.monitor.plug(loadFixture('ftdi-1-3'));
    await bench.clock.turn(0);
    expect(typeWords(bench.news())).toEqual(['device.added']);
    expect(bench.watch.counts().late).toBe(0);
  });

  test('an interface without a driver is waited for', async () => {
    await started(BOX, [CABLE], emptyLeaf, true);
    bench.news();
    bench.monitor.plug(loadFixture('ftdi-1-3').map((device) => ({...device, driver: null})));
    await bench.clock.turn(0);
    expect(bench.news()).toEqual([]);
    await bench.clock.turn(400);
    expect(typeWords(bench.news())).toEqual(['device.added']);
  });
});

describe('interfaces', () => {
  test('a bridge is told at once, come and gone', async () => {
    await started(BOX, [CABLE]);
    bench.news();
    bench.monitor.plug([bridgeOf('br0', 7)]);
    await bench.clock.turn(0);
    expect(typeWords(bench.news())).toEqual(['device.added']);
    bench.monitor.unplug('/devices/virtual/net/br0');
    await bench.clock.turn(0);
    expect(typeWords(bench.news())).toEqual(['device.removed']);
  });

  test('one that came and went in the same breath was seen, and is told', async () => {
    await started(BOX, [CABLE]);
    bench.news();
    bench.monitor.plug([bridgeOf('br0', 7)]);
    bench.monitor.unplug('/devices/virtual/net/br0');
    await bench.clock.turn(0);
    expect(typeWords(bench.news())).toEqual(['device.added', 'device.removed']);
  });

  test('fifty veths made and removed store nothing', async () => {
    await started(BOX, [CABLE]);
    bench.news();
    for (let index = 0; index < 50; index += 1) {
      bench.monitor.plug([veth(`veth${index}`, 100 + index)]);
      bench.monitor.link(linkOf(100 + index, `veth${index}`, {kind: 'virtual', hasCarrier: true}));
    }
    await bench.clock.turn(500);
    for (let index = 0; index < 50; index += 1) {
      bench.monitor.unlink(100 + index);
      bench.monitor.unplug(`/devices/virtual/net/veth${index}`);
    }
    await bench.clock.turn(500);
    expect(bench.news()).toEqual([]);
    expect(bench.raw).toHaveLength(100);
  });

  test('the cable pulled is one change, with the link as its cause', async () => {
    await started(BOX, [CABLE]);
    bench.news();
    bench.monitor.link(linkOf(2, 'eth0'));
    await bench.clock.turn(0);
    expect(bench.news()).toMatchObject([
      {type: 'cim.port.changed.v1', data: {state: 'absent', link: 'down'}},
    ]);
    expect(bench.causes.at(-1)?.cause).toMatchObject({
      type: 'link',
      summary: 'eth0 up, no carrier',
    });
  });
});

test('what the store refused is decided anew', async () => {
  await started(BOX, [CABLE]);
  bench.news();
  bench.refuse(2);
  bench.monitor.plug([bridgeOf('br0', 7)]);
  await bench.clock.turn(0);
  expect(bench.news()).toEqual([]);
  await bench.clock.turn(2500);
  expect(typeWords(bench.news())).toEqual(['device.added']);
});

test('records of what is no part of any port are counted and passed on', async () => {
  await started(BOX, [CABLE]);
  bench.news();
  const queue = {...bridgeOf('br0', 7), devpath: '/devices/virtual/net/br0/queues/rx-0'};
  bench.monitor.plug([{...queue, subsystem: 'queues'}]);
  await bench.clock.turn(0);
  expect(bench.raw).toHaveLength(1);
  expect(bench.watch.counts()).toMatchObject({uevents: 1, ignored: 1});
});
