import {parse, runParsed} from '#cli/run.ts';
import {EXIT} from '#cli/verb.ts';
import {createCliWorld} from './cli.ts';
import type {ConsoleRequest} from './wiring/console-leaf.ts';

const ENOUGH = 'nobody reads on';

/** Reads argv: the console is loaded only when it is asked for. */
async function main(): Promise<number> {
  const controller = new AbortController();
  const parsed = parse(process.argv.slice(2));
  const hasScreen = process.stdout.isTTY && process.stdin.isTTY;
  if (parsed.kind === 'console' && hasScreen) {
    return await showConsole(parsed);
  }
  // Whoever read our lines has enough: `event list | head`.
  process.stdout.on('error', () => controller.abort(ENOUGH));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => controller.abort(name));
  }
  const world = createCliWorld(
    controller.signal,
    hasScreen
      ? (globals, replay) => showConsole({globals, replay, isDemo: false, isReadonly: false})
      : undefined,
  );
  if (parsed.kind !== 'console') {
    const code = await runParsed(parsed, world);
    return controller.signal.reason === ENOUGH ? EXIT.done : code;
  }
  world.err('no terminal: this is the status. For the console: ssh -t cim@LEAF cim-tui');
  const status = parse(['status', ...process.argv.slice(2)]);
  return status.kind === 'console' ? 1 : runParsed(status, world);
}

/** Resolves when all that was written is out, or nobody reads it any more. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

async function showConsole(request: ConsoleRequest): Promise<never> {
  const {runConsole} = await import('./main.ts');
  // The screen is left: nothing that still waits (a beat, a made-up machine) keeps the process.
  process.exit(await runConsole(request));
}

const code = await main();
// A pipe to a program that reads slowly still holds lines of ours; exit() would drop them.
await Promise.all([written(process.stdout), written(process.stderr)]);
// A server that takes a line and says nothing would keep its socket, and so this process, for ever.
process.exit(code);
