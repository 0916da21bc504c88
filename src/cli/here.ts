import {z} from 'zod';

import {stripControls} from '#domain/text.ts';

import {EXIT, type Invocation, type Verb, withLeaf} from './verb.ts';

const UeventLine = z.looseObject({
  source: z.string(),
  action: z.string(),
  devpath: z.string(),
  subsystem: z.string().nullable(),
});
const UeventBatch = z.object({uevents: z.array(UeventLine), omitted: z.number()});

const serve: Verb = {
  path: ['serve'],
  summary: 'the service layer without a screen',
  words: [],
  options: [{name: 'linger', value: 'S', summary: 'end S seconds after the last client has gone'}],
  run({world, globals, args}) {
    const {linger} = args.options;
    const seconds = linger === undefined ? undefined : Number(linger);
    if (seconds !== undefined && !(seconds >= 0 && seconds <= 86_400)) {
      world.err(`cim-tui: --linger takes seconds from 0 to 86400, not "${linger}"`);
      return Promise.resolve(EXIT.usage);
    }
    return world.serve(globals, {lingerSeconds: seconds});
  },
};

const doctor: Verb = {
  path: ['doctor'],
  summary: 'checks of this machine and leaf, each with a remedy',
  words: [],
  options: [],
  async run({world, globals}) {
    let hasFailed = false;
    for await (const check of world.checks(globals)) {
      hasFailed ||= check.result === 'fail';
      const remedy = check.remedy === null ? '' : `\n       ${check.remedy}`;
      world.out(
        globals.json
          ? JSON.stringify(check)
          : `${check.result.padEnd(5)}  ${check.check.padEnd(14)} ${check.detail}${remedy}`,
      );
    }
    return hasFailed ? EXIT.failed : EXIT.done;
  },
};

const ueventWatch: Verb = {
  path: ['uevent', 'watch'],
  summary: 'raw uevents as the agent gets them, until Ctrl-C',
  words: [],
  options: [],
  run: (invocation) =>
    withLeaf(invocation, async ({client}) => {
      const {world} = invocation;
      const subscription = client.onLive('uevent', (value) => printBatch(invocation, value));
      await new Promise<void>((resolve) => {
        world.signal.addEventListener('abort', () => resolve(), {once: true});
      });
      subscription.stop();
      return EXIT.interrupted;
    }),
};

/** What concerns this machine: the service layer, the checks, the raw feed. */
export const HERE_VERBS: readonly Verb[] = [serve, doctor, ueventWatch];

function printBatch({world, globals}: Invocation, value: unknown): void {
  const batch = UeventBatch.safeParse(value);
  for (const uevent of batch.success ? batch.data.uevents : []) {
    const {source, action, subsystem, devpath} = uevent;
    world.out(
      globals.json
        ? JSON.stringify(uevent)
        : `${source.padEnd(6)} ${action.padEnd(7)} ${(subsystem ?? '-').padEnd(10)} ${stripControls(devpath)}`,
    );
  }
  if (batch.success && batch.data.omitted > 0) {
    world.err(`${batch.data.omitted} more uevents in the same moment are not shown`);
  }
}
