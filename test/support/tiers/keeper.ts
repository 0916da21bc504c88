import {spawn} from 'node:child_process';

/** Undoes what a stage has made, once. */
export interface Keeper {
  /** Has it undone now. @throws an Error with what the script said when something stays */
  release(): Promise<void>;
}

/**
 * Runs a shell script as soon as it is released, or when this process has ended, whatever ended it:
 * SIGKILL too. The keeper waits in a session of its own on a pipe that only we hold; the script is
 * one for both ways, so the rare one is not the untried one.
 */
export function startKeeper(script: string, ...args: readonly string[]): Keeper {
  const child = spawn('sh', ['-c', `read -r _; ${script}`, 'keeper', ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? -1));
  });
  ended.catch(() => undefined);
  child.unref();
  return {
    async release() {
      child.ref();
      child.stdin.end();
      const code = await ended;
      if (code !== 0) throw new Error(`undo ${args.join(' ')}: exit ${code}: ${said.trim()}`);
    },
  };
}
