import {COMMAND_MESSAGES} from './command-messages.ts';
import {EVENT_MESSAGES} from './event-messages.ts';
import {LIVE_MESSAGES, STATE_MESSAGES} from './live-messages.ts';
import type {MessageType} from './message-type.ts';
import {QUERY_MESSAGES} from './query-messages.ts';

/** Everything there is on the wire of a leaf. */
export const MESSAGE_TYPES: readonly MessageType[] = [
  ...EVENT_MESSAGES,
  ...COMMAND_MESSAGES,
  ...QUERY_MESSAGES,
  ...LIVE_MESSAGES,
  ...STATE_MESSAGES,
];
