import {tableLines} from './table.ts';
import {EXIT, type Invocation, type ProgramRequest, type Verb} from './verb.ts';

const add: Verb = {
  path: ['auth', 'program', 'add'],
  summary: 'credentials for a program, and a durable consumer of the events',
  words: [{name: 'NAME'}],
  options: [
    {name: 'only', value: 'NOUNS', summary: 'events of these alone, e.g. port,device'},
    {name: 'new', summary: 'events from now on; otherwise from the first one'},
  ],
  async run(invocation) {
    const {world, globals} = invocation;
    const request = readRequest(invocation);
    if (typeof request === 'string') {
      world.err(`cim-tui: ${request}`);
      return EXIT.usage;
    }
    const program = await (await world.programs(globals)).admit(request);
    if (globals.json) {
      world.out(JSON.stringify(program));
      return EXIT.done;
    }
    world.out(
      `name         ${program.actor}: its commands bear it, its inbox is _INBOX.${program.actor}`,
    );
    world.out(`credentials  ${program.creds}`);
    world.out(`consumer     ${program.consumer} of stream ${program.stream}`);
    world.out(`waiting      ${program.pending} events`);
    return EXIT.done;
  },
};

const list: Verb = {
  path: ['auth', 'program', 'list'],
  summary: 'programs that have a durable consumer, and how far they are',
  words: [],
  options: [],
  async run({world, globals}) {
    const programs = await (await world.programs(globals)).list();
    if (globals.json) {
      for (const program of programs) {
        world.out(JSON.stringify(program));
      }
    } else if (programs.length === 0) {
      world.err('no program has been admitted; `cim-tui auth program add NAME` admits one');
    } else {
      const rows = programs.map(({name, only, acknowledged, unacknowledged, pending}) => [
        name,
        only.length === 0 ? 'all' : only.join(','),
        ...[acknowledged, unacknowledged, pending].map(String),
      ]);
      for (const line of tableLines(['PROGRAM', 'EVENTS', 'DONE', 'IN HAND', 'WAITING'], rows)) {
        world.out(line);
      }
    }
    return EXIT.done;
  },
};

/** Who else may use the leaf. */
export const AUTH_VERBS: readonly Verb[] = [add, list];

/** What is asked for, or what is wrong with it. */
function readRequest({args}: Invocation): ProgramRequest | string {
  const [name = ''] = args.words;
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(name)) {
    return `a program's name has a-z, 0-9 and - only, 1 to 32 of them, not "${name}"`;
  }
  const nouns = typeof args.options.only === 'string' ? args.options.only.split(',') : [];
  const odd = nouns.find((noun) => !/^[a-z][a-z-]*$/.test(noun));
  return odd === undefined
    ? {name, only: nouns, from: args.options.new === true ? 'new' : 'all'}
    : `--only takes nouns like port,device, not "${odd}"`;
}
