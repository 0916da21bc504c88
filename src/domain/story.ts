import type {z} from 'zod';

import type {Refusal} from './command.ts';

// The examples of all messages tell one story of one morning on one leaf: a serial adapter of a
// scale is plugged into the socket that anna labels "USB 3".

export const LEAF = '7fq2k13';
export const STORE = '3f1c0a52-9a0e-4f6e-8a55-0c6b3d1f2e70';
export const BOOT = '3c1d7d0e-6b9e-4c0f-9f5e-2d1f6a7b8c90';
export const VERSION = '0.1.0';
export const ACTOR = 'anna';
export const SOCKET = 'usb-14-0-3';
export const SOCKET_POSITION = '0000/14.0/usb/3';
export const OTHER_SOCKET = 'usb-14-0-4';
export const OTHER_SOCKET_POSITION = '0000/14.0/usb/4';
export const ADAPTER = 'd-k3v7qpa2mz';
export const ROLE = 'scale';

/** An event as an example: its place and time in the story, and its data. */
export interface EventExample<Data> {
  readonly sequence: number;
  readonly time: string;
  readonly subject: string;
  /** Somebody's wish made it so; without one it was observed. */
  readonly isWished?: boolean;
  readonly data: Data;
  /** Others of its type, at other places. */
  readonly also?: readonly EventExample<Data>[];
}

/** A command as an example: what is asked, and two answers to it. */
export interface CommandExample<Data> {
  readonly target: string;
  /** When it was sent. */
  readonly time: string;
  readonly seen?: number;
  readonly data: Data;
  /** Sequence and time of the event it made. */
  readonly event: {readonly sequence: number; readonly time: string};
  readonly refusal: Refusal;
}

/** One example for each of a map of events. */
export type EventExamples<Events extends Readonly<Record<string, z.ZodType>>> = {
  readonly [Type in keyof Events]: EventExample<z.input<Events[Type]>>;
};

/** UUID, version 7, of a message of the story. */
export const messageIdAt = (time: string, sequence: number): string =>
  uuidOf(time, String(sequence).padStart(12, '0'));

/** UUID, version 7, of the command behind the event at a sequence. */
export const commandIdAt = (time: string, sequence: number): string =>
  uuidOf(time, `c${String(sequence).padStart(11, '0')}`);

/** Milliseconds since 1970 at the start of the story's day. */
const MIDNIGHT_MS = 1_795_392_000_000;

function uuidOf(time: string, tail: string): string {
  const [hours = 0, minutes = 0, seconds = 0] = time.slice(11, -1).split(':').map(Number);
  const ms = MIDNIGHT_MS + Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000);
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${tail}`;
}
