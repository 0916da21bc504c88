import type {Clock} from '#contracts/clock.ts';
import type {Uevent} from '#domain/kernel-device.ts';

/** A record of udev that has not come after this long is late. */
export const LATE_MS = 10_000;

/** Which of the kernel's records udev has answered. */
export interface UdevLag {
  take(uevent: Uevent): void;
  /** True while udev still works on something below a devpath. */
  isWaiting(devpath: string): boolean;
  /** How many records udev has not answered in time, ever. */
  late(): number;
}

/** Nothing is waited for where no udev is heard. */
export function createUdevLag(clock: Clock): UdevLag {
  const waiting = new Map<number, {readonly devpath: string; readonly sinceMs: number}>();
  let late = 0;
  const prune = (): void => {
    const oldestMs = clock.monotonicMs() - LATE_MS;
    for (const [seqnum, {sinceMs}] of waiting) {
      if (sinceMs > oldestMs) {
        return;
      }
      waiting.delete(seqnum);
      late += 1;
    }
  };
  return {
    take({source, seqnum, devpath}) {
      prune();
      if (seqnum === null) {
        return;
      }
      if (source === 'udev') {
        waiting.delete(seqnum);
      } else {
        waiting.set(seqnum, {devpath, sinceMs: clock.monotonicMs()});
      }
    },
    isWaiting: (devpath) =>
      [...waiting.values()].some(
        (each) => each.devpath === devpath || each.devpath.startsWith(`${devpath}/`),
      ),
    late() {
      prune();
      return late;
    },
  };
}
