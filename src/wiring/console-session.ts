import {randomUUID} from 'node:crypto';

import type {LeafClient} from '#client/leaf-client.ts';
import type {Clock} from '#contracts/clock.ts';
import type {LeafAddress} from '#contracts/leaf-locator.ts';
import type {Log} from '#contracts/log.ts';
import type {ConsoleFile} from '#drivers/home/console-file.ts';
import type {ReadStore} from '#store/read-store.ts';
import type {Settings} from './config.ts';
import {findOrStartLeaf} from './find-leaf.ts';

const HELLO_EVERY_MS = 10_000;
const LOOK_EVERY_MS = 2000;

interface HelloOptions {
  readonly client: Pick<LeafClient, 'query'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly readStore: Pick<ReadStore, 'set'>;
  readonly remembered: ConsoleFile;
  /** Where an agent of our own is now; undefined: it is not ours to end. */
  readonly findOwn: (() => Promise<LeafAddress>) | undefined;
  readonly signal: AbortSignal;
}

/**
 * Says hello to the agent, so that it knows its consoles, and learns whether this is the last one:
 * leaving that one asks, once, whether the leaf goes on recording.
 */
export function startHello(options: HelloOptions) {
  const {client, clock, log, readStore, remembered, findOwn, signal} = options;
  const target = randomUUID();
  let consoles = 1;
  let cancel = (): void => undefined;
  const tell = (): void => {
    const isOurs = findOwn !== undefined;
    readStore.set({asksOnQuit: isOurs && consoles <= 1 && remembered.keepRecording === null});
  };
  tell(); // who leaves before the answer is asked rather than not
  const hello = async (): Promise<void> => {
    try {
      const {rows} = await client.query('agent', 'hello', {target});
      const [row] = rows;
      consoles = countIn(row);
      tell();
    } catch {
      consoles = 1; // the agent is away: the header says so already
    }
    if (!signal.aborted) {
      cancel = clock.after(HELLO_EVERY_MS, () => void hello());
    }
  };
  void hello();
  return {
    /** Ends the agent where nobody else is there and the leaf shall not go on. */
    async leave(keepRecording: boolean | null): Promise<void> {
      cancel();
      if (keepRecording !== false || consoles > 1 || findOwn === undefined) {
        return;
      }
      try {
        const {pid} = await findOwn(); // as it is now: it may have been started anew, or be gone
        if (pid !== null) {
          process.kill(pid, 'SIGTERM');
        }
      } catch (error) {
        log.warn(`end the leaf: ${String(error)}`);
      }
    },
  };
}

const countIn = (row: unknown): number =>
  typeof row === 'object' && row !== null && 'consoles' in row ? Number(row.consoles) : 1;

/** True for an agent of this user, who may end it and start it anew. */
export function isOwnAgent({pid}: LeafAddress): boolean {
  try {
    return pid !== null && process.kill(pid, 0);
  } catch {
    return false; // another user's
  }
}

/**
 * While the leaf is not heard: an agent of our own that has died is started anew. Another's comes
 * back by itself; one of ours beside it would be a second leaf.
 */
export function keepAgent(options: {
  /** undefined: there is no agent of ours to keep. */
  readonly settings: Settings | undefined;
  readonly readStore: ReadStore;
  readonly clock: Clock;
  readonly log: Log;
}): {stop(): void} {
  const {settings, readStore, clock, log} = options;
  let cancel = (): void => undefined;
  const look = async (): Promise<void> => {
    const isStale = readStore.newest().connection.kind === 'stale';
    if (isStale && settings !== undefined && settings.natsUrl === undefined) {
      try {
        await findOrStartLeaf(settings, () => log.warn('the agent is gone: starting it anew'));
      } catch (error) {
        log.error('start the agent anew', error);
      }
    }
    cancel = clock.after(LOOK_EVERY_MS, () => void look());
  };
  cancel = clock.after(LOOK_EVERY_MS, () => void look());
  return {stop: () => cancel()};
}
