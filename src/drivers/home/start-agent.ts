import {spawn} from 'node:child_process';
import {closeSync, mkdirSync, openSync} from 'node:fs';
import {join} from 'node:path';

import {CimError} from '#domain/errors.ts';

/** How an agent of our own is started. */
export interface AgentStart {
  /** Launcher or Node, and what comes before `serve`. */
  readonly command: readonly [string, ...string[]];
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Starts `serve` as a process of its own: own session, own log, no terminal, so that it outlives
 * us. Resolves with its end if it ends within the time that the signal gives, else never.
 */
export function startAgentProcess({command, home, env}: AgentStart): {
  readonly ended: Promise<never>;
} {
  const folder = join(home, 'log');
  mkdirSync(folder, {recursive: true, mode: 0o700});
  const output = openSync(join(folder, 'serve.out'), 'w', 0o600);
  const [file, ...args] = command;
  const child = spawn(file, [...args, 'serve'], {
    detached: true,
    stdio: ['ignore', output, output],
    cwd: '/',
    env,
  });
  closeSync(output);
  child.unref();
  const ended = new Promise<never>((_, reject) => {
    const fail = (how: string): void =>
      reject(new CimError('no-agent', `start the leaf: it ended (${how}); see ${folder}`));
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(String(code ?? signal)));
  });
  ended.catch(() => undefined); // it may end long after anybody waits for it
  return {ended};
}
