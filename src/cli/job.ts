import type {LeafClient} from '#client/leaf-client.ts';
import {JobProgress} from '#domain/job/progress.ts';
import {commandWords, describeJob, endWords, isGood, progressWords} from '#domain/job/words.ts';
import type {StoredMessage} from '#domain/message.ts';
import {stripControls} from '#domain/text.ts';

import {printRefusal} from './answer.ts';
import {JobRowText, readRows} from './rows.ts';
import {EXIT, type Invocation, type Verb, withLeaf} from './verb.ts';

/** `job follow`; the rest of the noun are lists and commands. */
export const jobFollow: Verb = {
  path: ['job', 'follow'],
  summary: 'how far a job is, until it has ended or Ctrl-C, which leaves it alone',
  words: [{name: 'JOB'}],
  options: [],
  run: (invocation) =>
    withLeaf(invocation, async ({client}) => {
      const [target = ''] = invocation.args.words;
      const {rows, sequence} = await client.query('job', 'list', {target});
      const [row] = readRows(JobRowText, rows);
      if (row === undefined) {
        return printRefusal(invocation, {refused: 'unknown-job', detail: target});
      }
      return row.state === 'ended' || invocation.world.detaches === true
        ? printEnd(invocation, row)
        : followJob(invocation, client, {id: row.id, from: sequence + 1});
    }),
};

interface Followed {
  readonly id: string;
  /** Sequence of the first event that is not known yet. */
  readonly from: number;
}

/** Tells how far a job is until it has ended; its exit code is that of the job. */
export async function followJob(
  invocation: Invocation,
  client: LeafClient,
  {id, from}: Followed,
): Promise<number> {
  const {world} = invocation;
  const live = client.onLive('job', (value) => {
    const progress = JobProgress.safeParse(value);
    if (progress.success && progress.data.id === id) {
      printProgress(invocation, progress.data);
    }
  });
  try {
    for await (const message of client.events.follow({from, signal: world.signal})) {
      if (isAbout(message, id) && printEvent(invocation, message)) {
        const {rows} = await client.query('job', 'list', {target: id, seen: message.sequence});
        const [row] = readRows(JobRowText, rows);
        return row === undefined ? EXIT.failed : printEnd(invocation, row);
      }
    }
  } finally {
    live.stop();
    world.status?.(null);
  }
  world.err(`it goes on: \`cim-tui job follow ${id}\`, or \`cim-tui job cancel ${id}\``);
  return EXIT.interrupted;
}

const isAbout = (message: StoredMessage, id: string): boolean =>
  message.kind === 'event' &&
  message.event.type.startsWith('cim.job.') &&
  message.event.subject === id;

/** On a terminal one line that is written anew; with --json a line each. */
function printProgress({world, globals}: Invocation, progress: JobProgress): void {
  if (globals.json) {
    world.out(JSON.stringify(progress));
  } else {
    world.status?.(progressWords(progress));
  }
}

/** Says what happened to it on the way. True: it has ended. */
function printEvent({world, globals}: Invocation, message: StoredMessage): boolean {
  if (message.kind !== 'event') {
    return false;
  }
  const {event} = message;
  switch (event.type) {
    case 'cim.job.ended.v1':
      world.status?.(null);
      return true;
    case 'cim.job.interrupted.v1':
    case 'cim.job.resumed.v1':
    case 'cim.job.cancel-requested.v1': {
      const {object, what, detail} = describeJob(event);
      world.status?.(null);
      if (!globals.json) {
        world.err(`${object}: ${what} ${detail}`.trim());
      }
      if (event.type === 'cim.job.interrupted.v1') {
        world.err(`\`cim-tui job resume ${event.subject}\`, or \`job cancel\``);
      }
      return false;
    }
    default:
      return false;
  }
}

/** How it ended, or how it stands, and the exit code that says so. */
function printEnd({world, globals}: Invocation, row: JobRowText): number {
  const {id, command, state, outcome} = row;
  const words = [outcome ?? state, endWords(row)].filter((part) => part !== '').join(', ');
  world.out(
    globals.json
      ? JSON.stringify(row)
      : stripControls(`${commandWords(command)}: ${words} (job ${id})`),
  );
  if (outcome === null) {
    return EXIT.done;
  }
  return outcome === 'expired' ? EXIT.timeIsUp : isGood(row) ? EXIT.done : EXIT.failed;
}
