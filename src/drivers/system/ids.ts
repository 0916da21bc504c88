import {randomBytes} from 'node:crypto';

import {v7} from 'uuid';

import type {IdSource} from '#contracts/ids.ts';
import {DeviceId, MessageId} from '#domain/ids.ts';

const DIGITS = 'abcdefghijklmnopqrstuvwxyz234567';

/** Ids that no other leaf makes. */
export function createSystemIds(): IdSource {
  return {
    messageId: () => MessageId.parse(v7()),
    deviceId() {
      const letters = Array.from(randomBytes(10), (byte) => DIGITS.charAt(byte % DIGITS.length));
      return DeviceId.parse(`d-${letters.join('')}`);
    },
  };
}
