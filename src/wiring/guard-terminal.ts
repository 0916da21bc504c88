import type {Log} from '#contracts/log.ts';
import type {RunningConsole} from '#views/app-entry.tsx';

/** Whatever ends this process, the terminal is handed back first. */
export function guardTerminal(running: RunningConsole, log: Log) {
  const ended = Promise.withResolvers<null>();
  let code = 0;
  for (const [name, exitCode] of [
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const) {
    process.once(name, () => {
      code = exitCode;
      ended.resolve(null);
    });
  }
  const crash = (error: unknown): void => {
    running.restore();
    log.error('the console crashed', error);
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`cim-tui: the console crashed: ${message}\n`);
    process.exit(1);
  };
  process.once('uncaughtException', crash);
  process.once('unhandledRejection', crash);
  // A line that was dropped: nothing can be shown any more, and nothing has to be restored.
  for (const stream of [process.stdin, process.stdout]) {
    stream.on('error', () => ended.resolve(null));
  }
  process.stdin.once('end', () => ended.resolve(null));
  return {ended: ended.promise, exitCode: () => code};
}
