import {writeSync} from 'node:fs';

import type {StoredMessage} from '#domain/message.ts';

/**
 * Writes a line `sequence id` for each stored event to a descriptor that whoever started us keeps:
 * what a test holds against the stream after a kill. undefined where no descriptor is given.
 */
export function createAcknowledger(
  descriptor: string | undefined,
): ((message: StoredMessage) => void) | undefined {
  if (descriptor === undefined || !/^\d{1,3}$/.test(descriptor)) {
    return undefined;
  }
  const target = Number(descriptor);
  return (message) => {
    const id = message.kind === 'event' ? message.event.id : '-';
    writeSync(target, `${message.sequence} ${id}\n`);
  };
}
