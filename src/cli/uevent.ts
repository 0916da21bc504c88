import {z} from 'zod';

import {stripControls} from '#domain/text.ts';

import {jsonOf} from './event.ts';
import {EXIT, type Invocation, type Verb, withLeaf} from './verb.ts';

const UeventLine = z.looseObject({
  source: z.string(),
  action: z.string(),
  devpath: z.string(),
  subsystem: z.string().nullable(),
});
/** What the text needs of a batch; the rest is passed on as it came. */
export const UeventLines = z.looseObject({uevents: z.array(UeventLine), omitted: z.number()});

/** A week: longer ones are a program's, not a person's. */
const LONGEST_S = 604_800;
/** A console that lives faster than this shows nothing that could be read. */
export const FASTEST = 100;

const watch: Verb = {
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

const record: Verb = {
  path: ['uevent', 'record'],
  summary: "this machine's devices and what they tell, into a file (-: stdout), until Ctrl-C",
  words: [{name: 'FILE'}],
  options: [
    {name: 'mask', summary: 'serials, addresses and names replaced, the same by the same'},
    {name: 'for', value: 'SECONDS', summary: 'end after so long'},
  ],
  async run({world, globals, args}) {
    const [path = ''] = args.words;
    const {mask, for: limit} = args.options;
    const seconds = limit === undefined ? undefined : Number(limit);
    if (seconds !== undefined && !(seconds > 0 && seconds <= LONGEST_S)) {
      world.err(`cim-tui: --for takes seconds up to ${LONGEST_S}, not "${limit}"`);
      return EXIT.usage;
    }
    if (path === '-' && globals.json) {
      world.err('cim-tui: the recording itself goes to stdout: --json has no place there');
      return EXIT.usage;
    }
    const say = (line: string): void => world.err(line);
    const summary = await world.record(globals, {path, isMasked: mask === true, seconds, say});
    if (globals.json) {
      world.out(JSON.stringify(summary));
    }
    const lost = summary.drops === 0 ? '' : `, ${summary.drops} lost before they were read`;
    say(`recorded ${summary.records} records in ${summary.seconds} s: ${summary.file}${lost}`);
    return EXIT.done;
  },
};

const replay: Verb = {
  path: ['uevent', 'replay'],
  summary: 'a recording on the console (--json: the events it makes), on a leaf of its own',
  words: [{name: 'FILE'}],
  options: [{name: 'speed', value: 'N', summary: `so many times as fast, 1 to ${FASTEST}, or max`}],
  async run({world, globals, args}) {
    const [path = ''] = args.words;
    const {speed} = args.options;
    const times = Number(speed ?? 1);
    if (speed !== 'max' && !(times >= 1 && times <= FASTEST)) {
      world.err(`cim-tui: --speed takes a number from 1 to ${FASTEST}, or max, not "${speed}"`);
      return EXIT.usage;
    }
    return world.replay(globals, {
      path,
      speed: speed === undefined || speed === 'max' ? speed : times,
      onCut: (seconds) => world.err(`this recording was cut: it is played up to ${seconds} s`),
      onStored: (message) => world.out(JSON.stringify(jsonOf(message))),
    });
  },
};

/** The raw feed, live, kept and played again. */
export const UEVENT_VERBS: readonly Verb[] = [watch, record, replay];

function printBatch({world, globals}: Invocation, value: unknown): void {
  const batch = UeventLines.safeParse(value);
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
