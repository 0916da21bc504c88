import {describe, expect, it} from 'vitest';

import type {RecordingStep} from '#contracts/recording.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createMemoryDeviceMonitor} from '#drivers/memory/device-monitor.ts';
import {readRecording} from '#drivers/recording/read-recording.ts';
import {createTextSink} from '#drivers/recording/recording-file.ts';
import {type RecordCounts, recordUevents} from '#services/uevent/record.ts';
import {bridgeOf, linkOf, loadFixture} from '#test/support/hardware.ts';

const BOX = loadFixture('edge-box');
const FTDI = loadFixture('ftdi-1-3');
const FTDI_PATH = '/devices/pci0000:00/0000:00:14.0/usb1/1-3';
const CABLE = linkOf(2, 'eth0', {hasCarrier: true});

async function recorded(options: {hasUdev?: boolean} = {}) {
  const clock = createMemoryClock();
  const monitor = createMemoryDeviceMonitor(BOX, {links: [CABLE], ...options});
  const ending = new AbortController();
  let text = '';
  let told: RecordCounts | undefined;
  const running = recordUevents(
    {
      monitor,
      links: monitor.links,
      clock,
      sink: createTextSink((words) => {
        text += words;
      }),
      machine: {kernel: '6.12.48', machine: null, isMasked: false},
      onStarted: (counts) => {
        told = counts;
      },
      onStep: (counts) => {
        told = counts;
      },
    },
    ending.signal,
  );
  await clock.turn(0);
  return {
    clock,
    monitor,
    read: () => readRecording(text),
    told: () => told,
    async end() {
      ending.abort();
      return running;
    },
  };
}

const words = ({atMs, notice, changed, gone}: RecordingStep): string => {
  const what =
    notice.kind === 'uevent'
      ? `${notice.uevent.source} ${notice.uevent.action} ${notice.uevent.devpath.split('/').at(-1)}`
      : notice.kind;
  return `${atMs} ${what} +${changed.length} -${gone.length}`;
};

describe('a recording of what the machine tells', () => {
  it('holds the tree, each record with what read otherwise then, and the links', async () => {
    const {clock, monitor, read, told, end} = await recorded();
    expect(told()).toEqual({devices: BOX.length, links: 1, steps: 0, drops: 0});
    await clock.turn(1200);
    monitor.plug(FTDI);
    await clock.turn(800);
    monitor.link({...CABLE, hasCarrier: false});
    monitor.link({...CABLE, hasCarrier: false});
    await clock.turn(500);
    monitor.unplug(FTDI_PATH);
    await clock.turn(500);
    const counts = await end();
    const {devices, links, steps, endMs, header} = read();
    expect(devices).toHaveLength(BOX.length);
    expect(links).toEqual([CABLE]);
    expect(header).toMatchObject({kernel: '6.12.48', startedAt: '2026-11-22T16:00:00.000Z'});
    expect(steps.map(words)).toEqual([
      `1200 kernel add 1-3 +${FTDI.length} -0`,
      '1200 kernel add 1-3:1.0 +0 -0',
      '1200 kernel add ttyUSB0 +0 -0',
      '1200 kernel add ttyUSB0 +0 -0',
      '1200 kernel bind 1-3 +0 -0',
      '2000 link +0 -0',
      '2500 kernel remove ttyUSB0 +0 -1',
      '2500 kernel remove ttyUSB0 +0 -1',
      '2500 kernel remove 1-3:1.0 +0 -1',
      '2500 kernel remove 1-3 +0 -1',
    ]);
    expect(endMs).toBe(3000);
    expect(counts).toEqual({devices: BOX.length, links: 1, steps: steps.length, drops: 0});
  });

  it('holds what was lost as a count, and what had changed meanwhile', async () => {
    const {clock, monitor, read, end} = await recorded({hasUdev: true});
    monitor.unseen(({plug}) => plug(FTDI));
    await clock.turn(10);
    monitor.unseen(({unplug}) => unplug(FTDI_PATH), {isCounted: false});
    monitor.restart('it was killed');
    await clock.turn(10);
    await end();
    expect(read().steps.map(words)).toEqual([`0 drops +${FTDI.length} -0`, '10 restarted +0 -1']);
  });

  it('of a device that moved has its old place empty', async () => {
    const {clock, monitor, read, end} = await recorded();
    const bridge = bridgeOf('br0', 7);
    monitor.plug([bridge]);
    await clock.turn(10);
    const moved = {...bridgeOf('br1', 7)};
    monitor.show([moved], [bridge.devpath]);
    const properties = {ACTION: 'move', DEVPATH: moved.devpath, DEVPATH_OLD: bridge.devpath};
    const uevent = {action: 'move', devpath: moved.devpath, subsystem: 'net', seqnum: 9} as const;
    monitor.notice({kind: 'uevent', uevent: {...uevent, source: 'kernel', properties}});
    await clock.turn(10);
    await end();
    expect(read().steps.at(-1)).toMatchObject({gone: [bridge.devpath], changed: [moved]});
  });

  it('ends whole with what came last, though it is asked to end in the same moment', async () => {
    const {monitor, read, end} = await recorded();
    monitor.plug([bridgeOf('br0', 7)]);
    await end();
    expect(read()).toMatchObject({endMs: 0, steps: [{changed: [{ifindex: 7}]}]});
  });
});
