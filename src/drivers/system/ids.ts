import {openSync, readSync} from 'node:fs';

import {v7} from 'uuid';

import type {IdSource} from '#contracts/ids.ts';
import {DeviceId, MessageId} from '#domain/ids.ts';

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
 * The kernel's random numbers, asked for each time. A process's own generator goes on alike in two
 * copies of a machine that were made while it ran; the kernel is told that it has been copied
 * (drivers/virt/vmgenid.c) and goes on otherwise.
 */
function createKernelRandom(): (count: number) => Uint8Array {
  let descriptor: number | undefined;
  return (count) => {
    descriptor ??= openSync('/dev/urandom', 'r');
    const bytes = new Uint8Array(count);
    readSync(descriptor, bytes);
    return bytes;
  };
}
