import {parse, runParsed} from '#cli/run.ts';
import type {CliWorld} from '#cli/verb.ts';

/** Runs a command line in a made-up world and gives its exit code; -1: it opens the console. */
export async function runWords(argv: readonly string[], world: CliWorld): Promise<number> {
  const parsed = parse(argv);
  return parsed.kind === 'console' ? -1 : runParsed(parsed, world);
}
