import {openSync, readSync} from 'node:fs';

import {v7} from 'uuid';

import type {IdSource} from '#contracts/ids.ts';
import {DeviceId, MessageId} from '#domain/ids.ts';

/** Bytes of random numbers that are read at once for several ids. */
const PORTION_BYTES = 4096;
const DIGITS = 'abcdefghijklmnopqrstuvwxyz234567';

/** Ids that no other leaf makes, and no copy of this one. */
export function createSystemIds(): IdSource {
  const draw = createKernelRandom();
  return {
    messageId: () => MessageId.parse(v7({random: draw(16)})),
    deviceId() {
      const letters = Array.from(draw(10), (byte) => DIGITS.charAt(byte % DIGITS.length));
      return DeviceId.parse(`d-${letters.join('')}`);
    },
  };
}

/**
 * The kernel's random numbers. A process's own generator goes on alike in two copies of a machine
 * that were made while it ran; the kernel is told that it has been copied (drivers/virt/vmgenid.c)
 * and goes on otherwise. What was read for many ids is let go of at the end of the same turn: as good
 * as asking each time, which is a third of what storing an event costs.
 */
function createKernelRandom(): (count: number) => Uint8Array {
  let descriptor: number | undefined;
  let read = new Uint8Array();
  let isKept = false;
  const forget = (): void => {
    read = new Uint8Array();
    isKept = false;
  };
  return (count) => {
    if (read.length < count) {
      descriptor ??= openSync('/dev/urandom', 'r');
      // The first of a turn may be the only one.
      read = new Uint8Array(isKept ? PORTION_BYTES : count);
      readSync(descriptor, read);
      if (!isKept) {
        isKept = true;
        queueMicrotask(forget);
      }
    }
    const drawn = read.slice(0, count);
    read = read.subarray(count);
    return drawn;
  };
}
