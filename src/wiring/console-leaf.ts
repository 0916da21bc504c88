import type {Globals} from '#cli/verb.ts';
import type {Log} from '#contracts/log.ts';
import type {Recording} from '#contracts/recording.ts';
import type {LeafKind} from '#store/read-store.ts';
import {readSettings} from './config.ts';
import {findOrStartLeaf} from './find-leaf.ts';
import {type Reached, reachLeaf} from './reach.ts';

export interface ConsoleRequest {
  readonly globals: Globals;
  readonly isDemo: boolean;
  readonly isReadonly: boolean;
  /** In place of a leaf, so many times as fast as it was. */
  readonly replay?: {readonly recording: Recording; readonly speed: number};
}

/** What stands behind the leaf that is asked for. */
export const kindOf = ({isDemo, replay}: ConsoleRequest): LeafKind =>
  replay === undefined ? (isDemo ? 'demo' : 'real') : 'replay';

/** The leaf of a console: the real one, or one in this process. */
export async function reachConsoleLeaf(
  {globals, isDemo, replay}: ConsoleRequest,
  log: Log,
  signal: AbortSignal,
): Promise<Reached> {
  if (replay !== undefined) {
    const {openReplay} = await import('./replay.ts');
    return openReplay(replay.recording, replay.speed, signal);
  }
  if (isDemo) {
    const {openDemo} = await import('./demo.ts');
    return openDemo(signal);
  }
  const settings = readSettings(globals, process.env);
  const telling = tellOn(process.stderr);
  const address = await findOrStartLeaf(settings, telling.tell).finally(telling.end);
  const {timeoutMs} = settings;
  return reachLeaf(address, {channel: 'console', timeoutMs, log, signal});
}

/** Where somebody watches, what is told last stands in the place of what was told before. */
function tellOn(stream: NodeJS.WriteStream): {tell(words: string): void; end(): void} {
  let isOpen = false;
  return {
    tell(words) {
      stream.write(stream.isTTY ? `\r${words}\u001b[K` : `${words}\n`);
      isOpen = stream.isTTY;
    },
    end() {
      stream.write(isOpen ? '\n' : '');
    },
  };
}
