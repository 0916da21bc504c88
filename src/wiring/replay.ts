import {readFileSync} from 'node:fs';

import type {Clock} from '#contracts/clock.ts';
import type {Recording} from '#contracts/recording.ts';
import {CimError} from '#domain/errors.ts';
import type {StoredMessage} from '#domain/message.ts';
import {currentAccount} from '#drivers/home/accounts.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createReplayMonitor} from '#drivers/memory/replay-monitor.ts';
import {readRecording} from '#drivers/recording/read-recording.ts';
import {createSystemClock} from '#drivers/system/clock.ts';
import {createPacedClock} from '#drivers/system/paced-clock.ts';
import {openMemoryLeaf} from './memory-leaf.ts';
import type {Reached} from './reach.ts';

/** Each leaf of a recording is called so. */
const LEAF_ID = 'replay';
/** What came last has settled after this. */
const REST_MS = 5000;
const SLICE_MS = 1000;

/** Reads a file. @throws CimError `file-failed`, `bad-recording` with path and line */
export function loadRecording(path: string): Recording {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new CimError('file-failed', `replay ${path}: ${words}`, {cause});
  }
  try {
    return readRecording(text);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new CimError('bad-recording', `replay ${path}: ${words}`, {cause});
  }
}

/** A leaf whose machine lives through a recording, so many times as fast as it was. */
export async function openReplay(
  recording: Recording,
  speed: number,
  signal: AbortSignal,
): Promise<Reached> {
  const clock = createPacedClock(createSystemClock(), speed, startOf(recording));
  return openOn(recording, {clock}, signal);
}

/**
 * Plays a recording to its end, in a time of its own that passes as fast as it can, or at a speed;
 * each event that its leaf would have stored is handed out, with the times of then.
 */
export async function playRecording(
  recording: Recording,
  options: {readonly speed: number | 'max'; readonly onStored: (message: StoredMessage) => void},
  signal: AbortSignal,
): Promise<void> {
  const {speed, onStored} = options;
  const ending = new AbortController();
  const ended = AbortSignal.any([signal, ending.signal]);
  const wholeMs = lengthOf(recording) + REST_MS;
  try {
    if (speed === 'max') {
      const clock = createMemoryClock(startOf(recording));
      await openOn(recording, {clock, onStored}, ended);
      for (let atMs = 0; atMs < wholeMs && !signal.aborted; atMs += SLICE_MS) {
        await clock.turn(SLICE_MS);
      }
    } else {
      const clock = createPacedClock(createSystemClock(), speed, startOf(recording));
      await openOn(recording, {clock, onStored}, ended);
      await passed(clock, wholeMs, signal);
    }
  } finally {
    ending.abort();
  }
}

/** How long a recording is; a cut one: up to what it tells last. */
export const lengthOf = ({endMs, steps}: Recording): number => endMs ?? steps.at(-1)?.atMs ?? 0;

const startOf = ({header: {startedAt}}: Recording): number =>
  startedAt === null ? Date.now() : Date.parse(startedAt);

const openOn = (
  recording: Recording,
  options: {readonly clock: Clock; readonly onStored?: (message: StoredMessage) => void},
  signal: AbortSignal,
): Promise<Reached> =>
  openMemoryLeaf(
    {
      ...options,
      leafId: LEAF_ID,
      actor: currentAccount().name,
      monitor: createReplayMonitor(recording, options.clock),
      // Who used what, and how the machine was, is in no recording.
      usage: {read: async () => ({})},
      meter: {read: () => Promise.reject(new CimError('process-failed', 'no host: a recording'))},
    },
    signal,
  );

function passed(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    signal.addEventListener('abort', () => {
      cancel();
      resolve();
    });
  });
}
