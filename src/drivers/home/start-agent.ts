import {spawn} from 'node:child_process';
import {closeSync, mkdirSync, openSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

/** How an agent of our own is started. */
export interface AgentStart {
  /** Program and arguments, `serve` and its options among them. */
  readonly command: readonly [string, ...string[]];
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
}

/** How an agent of our own ended. */
export interface AgentEnd {
  /** null: it was killed, or never ran. */
  readonly exitCode: number | null;
  /** The last thing it said, and where there may be more. */
  readonly words: string;
}

/**
 * Starts `serve` as a process of its own: own session, own log, no terminal, so that it outlives
 * us. `ended` resolves when it ends, if ever.
 */
export function startAgentProcess({command, home, env}: AgentStart): {
  readonly ended: Promise<AgentEnd>;
} {
  const folder = join(home, 'log');
  mkdirSync(folder, {recursive: true, mode: 0o700});
  const path = join(folder, 'serve.out');
  const output = openSync(path, 'w', 0o600);
  const [file, ...args] = command;
  const child = spawn(file, args, {
    detached: true,
    stdio: ['ignore', output, output],
    cwd: '/',
    env,
  });
  closeSync(output);
  child.unref();
  const ended = new Promise<AgentEnd>((resolve) => {
    child.once('error', ({message}) => resolve({exitCode: null, words: message}));
    child.once('exit', (exitCode, signal) => {
      const said = lastLine(path);
      const how = said === '' ? `it ended (${exitCode ?? signal})` : said;
      resolve({exitCode, words: `${how}; see ${folder}`});
    });
  });
  return {ended};
}

function lastLine(path: string): string {
  try {
    const line = readFileSync(path, 'utf8').trim().split('\n').at(-1) ?? '';
    return line.replace(/^cim-tui: /, '');
  } catch {
    return ''; // what it said is a comfort: that it ended is known without
  }
}
