import {once} from 'node:events';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {onTestFinished} from 'vitest';

import {ROOT} from '#test/support/stage.ts';
import {startTied} from './children.ts';

/** A process that has built a stage and is to be killed. */
export interface Doomed {
  readonly pid: number | undefined;
  /** What it said of its stage: its first line, as JSON. */
  readonly told: Readonly<Record<string, unknown>>;
  /** Kills it outright; resolves when it has ended. */
  kill(): Promise<void>;
}

const BUILD_LIMIT_MS = 60_000;

/** Starts a host, a program of test/support that builds a stage, prints a line and waits. */
export async function startDoomed(path: string): Promise<Doomed> {
  const host = startTied(process.execPath, [join(ROOT, 'test', 'support', path)]);
  onTestFinished(() => void host.kill('SIGKILL'));
  if (host.stdout === null) throw new TypeError('the host has no output');
  const signal = AbortSignal.timeout(BUILD_LIMIT_MS);
  const [line] = await once(createInterface({input: host.stdout}), 'line', {signal});
  return {
    pid: host.pid,
    told: JSON.parse(String(line)),
    async kill() {
      host.kill('SIGKILL');
      await once(host, 'close');
    },
  };
}
