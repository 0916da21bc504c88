import {type CimError, ERROR_TEXTS, type ErrorCode, isCimError} from '#domain/errors.ts';

import {API_VERBS} from './api.ts';
import {AUTH_VERBS} from './auth.ts';
import {COMMAND_VERBS} from './command-verbs.ts';
import {eventDiff} from './difference.ts';
import {EVENT_VERBS} from './event.ts';
import {helpLines} from './help.ts';
import {HERE_VERBS} from './here.ts';
import {jobFollow} from './job.ts';
import {LEAF_VERBS} from './leaf.ts';
import {LIST_VERBS} from './lists.ts';
import {type Parsed, parseCommandLine} from './parse.ts';
import {PORT_VERBS} from './port.ts';
import {SERVICE_VERBS} from './service.ts';
import {UEVENT_VERBS} from './uevent.ts';
import {type CliWorld, EXIT} from './verb.ts';
import {WHY_VERB} from './why.ts';

/** Every verb of the command line, in the order of the help. */
export const VERBS = [
  ...HERE_VERBS,
  ...UEVENT_VERBS,
  ...LEAF_VERBS,
  ...PORT_VERBS,
  ...LIST_VERBS,
  ...SERVICE_VERBS,
  ...AUTH_VERBS,
  ...EVENT_VERBS,
  eventDiff,
  WHY_VERB,
  jobFollow,
  ...COMMAND_VERBS,
  ...API_VERBS,
] as const;

/** Reads a command line. */
export const parse = (argv: readonly string[]): Parsed => parseCommandLine(argv, VERBS);

/** Runs what was read, unless it is the console. Resolves with the exit code; never throws. */
export async function runParsed(
  parsed: Exclude<Parsed, {kind: 'console'}>,
  world: CliWorld,
): Promise<number> {
  switch (parsed.kind) {
    case 'wrong':
      world.err(`cim-tui: ${parsed.sentence}`);
      return EXIT.usage;
    case 'version':
      world.out(world.version);
      return EXIT.done;
    case 'help':
      for (const line of helpLines(parsed.path, VERBS)) {
        world.out(line);
      }
      return EXIT.done;
    case 'run':
      try {
        return await parsed.verb.run({world, globals: parsed.globals, args: parsed.args});
      } catch (error) {
        return explain(error, world, parsed.globals.json);
      }
  }
}

const EXIT_OF: Partial<Record<ErrorCode, number>> = {
  'agent-starting': EXIT.noAnswer,
  'no-agent': EXIT.noAnswer,
  'time-is-up': EXIT.timeIsUp,
  'bad-request': EXIT.refused,
  'home-in-use': EXIT.refused,
  'nats-refused': EXIT.refused,
  'leaf-not-yours': EXIT.refused,
  'no-system-bus': EXIT.refused,
  'no-machined': EXIT.refused,
  'machined-failed': EXIT.refused,
  'not-read-yet': EXIT.refused,
  'ambiguous-job': EXIT.refused,
  'wrong-usage': EXIT.usage,
  'bad-moment': EXIT.usage,
  'before-first-event': EXIT.refused,
  'no-event': EXIT.refused,
  'not-kept': EXIT.refused,
};

/** One sentence and the exit code of a failure. Never a stack trace. */
export function explain(error: unknown, world: CliWorld, json: boolean): number {
  if (world.signal.aborted) {
    return EXIT.interrupted;
  }
  if (!isCimError(error)) {
    world.err(`cim-tui: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT.failed;
  }
  if (json) {
    const {sentence, remedy} = ERROR_TEXTS[error.code];
    world.out(JSON.stringify({ok: false, code: error.code, message: sentence, remedy}));
  }
  world.err(`cim-tui: ${sentenceOf(error)}`);
  return EXIT_OF[error.code] ?? EXIT.failed;
}

const sentenceOf = (error: CimError): string => {
  const {sentence, remedy} = ERROR_TEXTS[error.code];
  return `${sentence} (${error.message}); ${remedy}`;
};
