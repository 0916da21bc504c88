import type {RecordingStep} from '#contracts/recording.ts';
import type {Uevent} from '#domain/kernel-device.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createReplayMonitor} from '#drivers/memory/replay-monitor.ts';
import {bridgeOf, linkOf} from '#test/support/hardware.ts';
import {deviceMonitorSuite} from './device-monitor.suite.ts';

const BRIDGES = 4;
const LIFE_MS = 1000;
/** Milliseconds into the life of each bridge. */
const COMES = 100;
const UP = 300;
const DOWN = 500;
const GOES = 700;

const nameOf = (number: number): string => `br${number}`;

function recordOf(action: 'add' | 'remove', number: number): {kind: 'uevent'; uevent: Uevent} {
  const {devpath} = bridgeOf(nameOf(number), number);
  const told = {action, devpath, subsystem: 'net', seqnum: number} as const;
  return {kind: 'uevent', uevent: {...told, source: 'kernel', properties: {}}};
}

function lifeOf(number: number): readonly RecordingStep[] {
  const bridge = bridgeOf(nameOf(number), number);
  const link = (hasCarrier: boolean) =>
    ({kind: 'link', link: linkOf(number, nameOf(number), {kind: 'bridge', hasCarrier})}) as const;
  const step = (
    afterMs: number,
    notice: RecordingStep['notice'],
    read: Partial<RecordingStep> = {},
  ): RecordingStep => ({atMs: number * LIFE_MS + afterMs, notice, changed: [], gone: [], ...read});
  return [
    step(COMES, recordOf('add', number), {changed: [bridge]}),
    step(COMES, link(false)),
    step(UP, link(true)),
    step(DOWN, link(false)),
    step(GOES, recordOf('remove', number), {gone: [bridge.devpath]}),
    step(GOES, {kind: 'gone', ifindex: number}),
  ];
}

deviceMonitorSuite({devices: 'memory', links: 'memory'}, async () => {
  const numbers = Array.from({length: BRIDGES}, (_, index) => index + 1);
  const header = {kernel: null, machine: null, startedAt: null, isMasked: false, hasUdev: false};
  const clock = createMemoryClock();
  const monitor = createReplayMonitor(
    {header, devices: [], links: [], steps: numbers.flatMap(lifeOf)},
    clock,
  );
  // A recording lives from when somebody listens.
  await monitor.start(() => {}, new AbortController().signal);
  let number = 0;
  const turnTo = async (afterMs: number): Promise<void> => {
    await clock.turn(number * LIFE_MS + afterMs - clock.monotonicMs());
  };
  return {
    monitor,
    links: monitor.links,
    bridgeName() {
      number += 1;
      return nameOf(number);
    },
    addBridge: () => turnTo(COMES),
    removeBridge: () => turnTo(GOES),
    setCarrier: (_, hasCarrier) => turnTo(hasCarrier ? UP : DOWN),
    async stop() {},
  };
});
