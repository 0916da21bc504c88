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
  readonly client: LeafClient;
  readonly clock: Clock;
  readonly readStore: ReadStore;
  readonly remembered: ConsoleFile;
  readonly address: LeafAddress;
  readonly signal: AbortSignal;
}

/**
 * Says hello to the agent, so that it knows its consoles, and learns whether this is the last one:
 * leaving that one asks, once, whether the leaf goes on recording.
 */
export function startHello(options: HelloOptions) {
  const {client, clock, readStore, remembered, address, signal} = options;
  const target = randomUUID();
  let consoles = 1;
  let cancel = (): void => undefined;
  const hello = async (): Promise<void> => {
    try {
      const {rows} = await client.query('agent', 'hello', {target});
      const [row] = rows;
      consoles = countIn(row);
      const isOurs = address.pid !== null && ownsProcess(address.pid);
      const asksOnQuit = isOurs && consoles <= 1 && remembered.keepRecording === null;
      readStore.set({asksOnQuit});
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
    leave(keepRecording: boolean | null): void {
      cancel();
      if (keepRecording === false && consoles <= 1 && address.pid !== null) {
        process.kill(address.pid, 'SIGTERM');
      }
    },
  };
}

const countIn = (row: unknown): number =>
  typeof row === 'object' && row !== null && 'consoles' in row ? Number(row.consoles) : 1;

function ownsProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // not ours to end
  }
}

/** While the leaf is not heard: an agent of our own that has died is started anew. */
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
