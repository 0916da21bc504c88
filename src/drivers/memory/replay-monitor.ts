import type {Clock} from '#contracts/clock.ts';
import type {DeviceMonitor, LinkMonitor} from '#contracts/device-monitor.ts';
import type {Recording, RecordingStep} from '#contracts/recording.ts';
import type {KernelDevice} from '#domain/kernel-device.ts';

import {createMemoryDeviceMonitor, type MemoryDeviceMonitor} from './device-monitor.ts';

/** The machine of a recording, which lives through it from the moment it is listened to. */
export interface ReplayMonitor extends DeviceMonitor {
  readonly links: LinkMonitor;
  /** The kernel devices it has now. */
  devices(): readonly KernelDevice[];
  /** Resolves when all of it was told. */
  readonly ended: Promise<void>;
}

/** A machine that shows and tells what the recorded one did, at the same times on this clock. */
export function createReplayMonitor(
  {devices, links, steps, header}: Pick<Recording, 'devices' | 'links' | 'steps' | 'header'>,
  clock: Clock,
): ReplayMonitor {
  const {hasUdev} = header;
  const machine = createMemoryDeviceMonitor(devices, {links, hasUdev});
  const {promise: ended, resolve} = Promise.withResolvers<void>();
  let next = 0;
  let startMs: number | undefined;
  let cancel: (() => void) | undefined;
  const elapsedMs = (): number => clock.monotonicMs() - (startMs ?? 0);
  const goOn = (): void => {
    for (let step = steps[next]; step !== undefined; step = steps[next]) {
      if (step.atMs > elapsedMs()) {
        cancel = clock.after(step.atMs - elapsedMs(), goOn);
        return;
      }
      next += 1;
      live(machine, step);
    }
    resolve();
  };
  return {
    devices: machine.devices,
    enumerate: machine.enumerate,
    read: machine.read,
    links: machine.links,
    ended,
    async start(listener, signal) {
      const ability = await machine.start(listener, signal);
      startMs ??= clock.monotonicMs();
      cancel = clock.after(0, goOn);
      signal.addEventListener('abort', () => cancel?.(), {once: true});
      return ability;
    },
    async stop() {
      cancel?.();
      await machine.stop();
    },
  };
}

function live(machine: MemoryDeviceMonitor, {notice, changed, gone}: RecordingStep): void {
  machine.show(changed, gone);
  switch (notice.kind) {
    case 'link':
      machine.link(notice.link);
      return;
    case 'gone':
      machine.unlink(notice.ifindex);
      return;
    default:
      machine.notice(notice);
  }
}
