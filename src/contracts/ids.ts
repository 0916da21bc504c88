import type {DeviceId, MessageId} from '#domain/ids.ts';

/** Makes ids. */
export interface IdSource {
  /** UUID, version 7. */
  messageId(): MessageId;
  deviceId(): DeviceId;
}
