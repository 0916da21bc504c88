import {afterEach, describe, expect, test} from 'vitest';

import {
  bridgeOf,
  type HardwareBench,
  linkOf,
  loadFixture,
  startHardwareBench,
  typeWords,
} from '#test/support/hardware.ts';

const BOX = loadFixture('edge-box');
const CABLE = linkOf(2, 'eth0', {hasCarrier: true, speedMbps: 1000});

let bench: HardwareBench;

async function started(...args: Parameters<typeof startHardwareBench>): Promise<void> {
  bench = await startHardwareBench(...args);
}

afterEach(() => bench.watch.stop());

describe('loss', () => {
  const lose = async (): Promise<void> => {
    await started(BOX, [CABLE]);
    bench.news();
    bench.monitor.unseen((monitor) => monitor.plug(loadFixture('ftdi-1-3')));
    await bench.clock.turn(2000);
  };

  test('dropped records start a comparison, and the event names what differed', async () => {
    await lose();
    const [resynced, added] = bench.news();
    expect(resynced?.data).toMatchObject({cause: 'drops', drops: 5, changes: [added?.subject]});
    expect(added?.data).toMatchObject({origin: 'start'});
    expect(bench.watch.counts()).toMatchObject({drops: 5});
  });

  test('drops are told even where nothing differs', async () => {
    await started(BOX, [CABLE]);
    bench.news();
    bench.monitor.unseen((monitor) => {
      monitor.plug([bridgeOf('br0', 7)]);
      monitor.unplug('/devices/virtual/net/br0');
    });
    await bench.clock.turn(2000);
    expect(bench.news()).toMatchObject([{data: {cause: 'drops', drops: 2, changes: []}}]);
  });

  test('a comparison that failed is tried again', async () => {
    await started(BOX, [CABLE]);
    bench.news();
    const {enumerate} = bench.monitor;
    Object.assign(bench.monitor, {enumerate: () => Promise.reject(new TypeError('no files left'))});
    await bench.clock.turn(61_000);
    Object.assign(bench.monitor, {enumerate});
    bench.monitor.unseen((monitor) => monitor.plug([bridgeOf('br0', 7)]), {isCounted: false});
    await bench.clock.turn(61_000);
    await bench.clock.turn(1000);
    expect(typeWords(bench.news())).toEqual(['leaf.resynced', 'device.added']);
  });

  test('a hole in the numbers is no loss, but a reason to look', async () => {
    await started(BOX, [CABLE]);
    bench.news();
    const before = bench.watch.counts().resyncs;
    bench.monitor.plug([bridgeOf('br0', 7)]);
    bench.monitor.skip(9);
    bench.monitor.plug([bridgeOf('br1', 8)]);
    bench.monitor.skip(9);
    bench.monitor.plug([bridgeOf('br2', 9)]);
    await bench.clock.turn(5000);
    expect(typeWords(bench.news())).toEqual(['device.added', 'device.added', 'device.added']);
    expect(bench.watch.counts().resyncs).toBe(before + 1);
  });

  test('the end of the monitor is told', async () => {
    await started(BOX, [CABLE]);
    bench.news();
    bench.monitor.restart('ended by SIGKILL');
    await bench.clock.turn(2000);
    expect(bench.news()).toMatchObject([{data: {cause: 'monitor-ended', drops: 0, changes: []}}]);
  });

  test('with nothing else to go by, everything is compared each minute', async () => {
    await started(BOX, [CABLE]);
    bench.news();
    bench.monitor.unseen((monitor) => monitor.plug([bridgeOf('br0', 7)]), {isCounted: false});
    await bench.clock.turn(59_000);
    expect(bench.news()).toEqual([]);
    await bench.clock.turn(2000);
    expect(bench.news()).toMatchObject([{data: {cause: 'timer', drops: 0}}, {}]);
  });
});

describe('a cable that flaps', () => {
  const flap = async (times: number): Promise<void> => {
    for (let index = 0; index < times; index += 1) {
      bench.monitor.link(index % 2 === 0 ? linkOf(2, 'eth0') : CABLE);
      await bench.clock.turn(500);
    }
  };

  test('is summed up after twenty changes in a minute, once a minute', async () => {
    await started(BOX, [CABLE]);
    bench.news();
    await flap(61);
    expect(bench.news()).toHaveLength(20);
    await bench.clock.turn(60_000);
    const [summary, ...rest] = bench.news();
    expect(rest).toEqual([]);
    expect(summary).toMatchObject({
      type: 'cim.port.summed-up.v1',
      subject: 'network-1c-0-00-0',
      data: {changes: 41, link: 'down', before: {link: 'up'}},
    });
    expect(bench.inventory().ports['network-1c-0-00-0']).toMatchObject({state: 'absent'});
  });

  /** Flaps for so many minutes, twice a second. */
  const flapFor = async (minutes: number): Promise<void> => {
    for (let minute = 0; minute < minutes; minute += 1) {
      await flap(120);
    }
  };

  const PORT = 'network-1c-0-00-0';

  test('comes into quarantine after five minutes in a row, and nothing more is stored', async () => {
    await started(BOX, [CABLE]);
    bench.news();
    await flapFor(8);
    const facts = bench.news();
    expect(facts.at(-1)).toMatchObject({
      type: 'cim.port.quarantined.v1',
      subject: PORT,
      data: {minutes: 5},
    });
    expect(facts.length).toBeLessThanOrEqual(5 * 21 + 1);
    expect(bench.inventory().ports[PORT]?.state).toBe('quarantined');
    await flapFor(3);
    expect(bench.news()).toEqual([]);
  });

  test('is only summed up when it rests between', async () => {
    await started(BOX, [CABLE]);
    for (let round = 0; round < 3; round += 1) {
      await flapFor(3);
      await bench.clock.turn(180_000);
    }
    expect(typeWords(bench.news())).not.toContain('port.quarantined');
  });

  test('is not told of by a restart, and is told of as it is when it was taken back', async () => {
    await started(BOX, [CABLE]);
    await flapFor(8);
    const known = bench.inventory();
    await bench.watch.stop();
    await started(BOX, [linkOf(2, 'eth0')], known);
    expect(bench.news()).toEqual([]);
    bench.decide([
      {
        type: 'cim.port.unquarantined.v1',
        subject: PORT,
        data: {state: 'present', before: {state: 'quarantined'}},
      },
    ]);
    bench.watch.lookAgain();
    await bench.clock.turn(0);
    expect(bench.inventory().ports[PORT]).toMatchObject({state: 'absent', link: 'down'});
  });

  test('is told change by change again when it has calmed down', async () => {
    await started(BOX, [CABLE]);
    await flap(30);
    await bench.clock.turn(120_000);
    bench.news();
    await flap(2);
    expect(typeWords(bench.news())).toEqual(['port.changed', 'port.changed']);
  });
});
