import type {IdSource} from '#contracts/ids.ts';
import {DeviceId, MessageId} from '#domain/ids.ts';

/** Ids that are the same in every run: counted, in the shape of the real ones. */
export function createMemoryIds(): IdSource {
  let messages = 0;
  let devices = 0;
  return {
    messageId() {
      messages += 1;
      const count = messages.toString(16).padStart(12, '0');
      return MessageId.parse(`00000000-0000-7000-8000-${count}`);
    },
    deviceId() {
      devices += 1;
      return DeviceId.parse(`d-${base32(devices)}`);
    },
  };
}

const DIGITS = 'abcdefghijklmnopqrstuvwxyz234567';

const base32 = (count: number): string =>
  Array.from({length: 10}, (_, place) =>
    DIGITS.charAt(Math.floor(count / 32 ** (9 - place)) % 32),
  ).join('');
