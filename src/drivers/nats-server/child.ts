import {type ChildProcess, spawn} from 'node:child_process';

/** A running nats-server. */
export interface ServerChild {
  readonly pid: number | undefined;
  /** Resolves when it has ended, with words on how. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

export interface SpawnOptions {
  readonly binary: string;
  readonly configPath: string;
  /** Path of setpriv: with it the kernel ends the child when we are killed. */
  readonly setpriv: string | undefined;
}

const STDERR_LIMIT = 4096;

/**
 * Starts a server in a session of its own, so that a Ctrl-C at our terminal ends us first and
 * lets us end it in order.
 */
export function spawnServer({binary, configPath, setpriv}: SpawnOptions): ServerChild {
  const command = [binary, '--config', configPath];
  const [file = binary, ...args] =
    setpriv === undefined ? command : [setpriv, '--pdeathsig', 'KILL', ...command];
  const child = spawn(file, args, {detached: true, stdio: ['ignore', 'ignore', 'pipe']});
  let isOver = false;
  const ended = endOf(child).then((how) => {
    isOver = true;
    return how;
  });
  return {
    pid: child.pid,
    ended,
    hasEnded: () => isOver,
    kill: (signal) => void child.kill(signal),
  };
}

function endOf(child: ChildProcess): Promise<string> {
  const {promise, resolve} = Promise.withResolvers<string>();
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = `${stderr}${text}`.slice(-STDERR_LIMIT);
  });
  child.on('error', (error) => resolve(error.message));
  child.on('close', (code, signal) => {
    const how = signal === null ? `exit code ${code}` : `ended by ${signal}`;
    const last = stderr.trim().split('\n').at(-1) ?? '';
    resolve(last === '' ? how : `${how}: ${last}`);
  });
  return promise;
}
