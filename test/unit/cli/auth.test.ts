import {describe, expect, it} from 'vitest';

import {type CliWorld, EXIT, type ProgramRequest, type ProgramState} from '#cli/verb.ts';
import {runWords} from '#test/support/run-words.ts';

const scale: ProgramState = {
  name: 'scale',
  only: ['port', 'device'],
  acknowledged: 40,
  unacknowledged: 1,
  pending: 2,
};

function worldOf(programs: readonly ProgramState[]) {
  const said: string[] = [];
  const asked: ProgramRequest[] = [];
  const world = {
    out: (line: string) => void said.push(line),
    err: (line: string) => void said.push(`err ${line}`),
    programs: async () => ({
      async admit(request: ProgramRequest) {
        asked.push(request);
        const {name, only} = request;
        const actor = `program-${name}`;
        const creds = `/home/programs/${name}.creds`;
        return {...scale, name, only, actor, creds, stream: 'CIM_EVENTS_press', consumer: actor};
      },
      list: async () => programs,
    }),
    signal: new AbortController().signal,
  } as unknown as CliWorld;
  return {
    said,
    asked,
    run: (...argv: readonly string[]) => runWords(argv, world),
  };
}

describe('auth program add', () => {
  it('asks for all events from the first on, unless told otherwise', async () => {
    const {run, asked} = worldOf([]);
    expect(await run('auth', 'program', 'add', 'scale')).toBe(EXIT.done);
    await run('auth', 'program', 'add', 'scale', '--only', 'port,device', '--new');
    expect(asked).toEqual([
      {name: 'scale', only: [], from: 'all'},
      {name: 'scale', only: ['port', 'device'], from: 'new'},
    ]);
  });

  it('says what the program needs to know', async () => {
    const {run, said} = worldOf([]);
    await run('auth', 'program', 'add', 'scale');
    expect(said).toEqual([
      'name         program-scale: its commands bear it, its inbox is _INBOX.program-scale',
      'credentials  /home/programs/scale.creds',
      'consumer     program-scale of stream CIM_EVENTS_press',
      'waiting      2 events',
    ]);
    await run('auth', 'program', 'add', 'scale', '--json');
    expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({name: 'scale', actor: 'program-scale'});
  });

  it.each([
    [['Scale'], 'a program\'s name has a-z, 0-9 and - only, 1 to 32 of them, not "Scale"'],
    [['a.b'], 'a program\'s name has a-z, 0-9 and - only, 1 to 32 of them, not "a.b"'],
    [['scale', '--only', 'port,>'], '--only takes nouns like port,device, not ">"'],
    [['scale', '--only', ''], '--only takes nouns like port,device, not ""'],
  ])('refuses %j', async (words, sentence) => {
    const {run, said, asked} = worldOf([]);
    expect(await run('auth', 'program', 'add', ...words)).toBe(EXIT.usage);
    expect([said, asked]).toEqual([[`err cim-tui: ${sentence}`], []]);
  });
});

describe('auth program list', () => {
  it('tells how far each is', async () => {
    const {run, said} = worldOf([scale, {...scale, name: 'bridge', only: []}]);
    expect(await run('auth', 'program', 'list')).toBe(EXIT.done);
    expect(said).toEqual([
      'PROGRAM  EVENTS       DONE  IN HAND  WAITING',
      'scale    port,device  40    1        2',
      'bridge   all          40    1        2',
    ]);
  });

  it('has them as JSON, and says when there is none', async () => {
    const some = worldOf([scale]);
    await some.run('auth', 'program', 'list', '--json');
    expect(some.said.map((line) => JSON.parse(line))).toEqual([scale]);
    const none = worldOf([]);
    await none.run('auth', 'program', 'list');
    expect(none.said).toEqual([
      'err no program has been admitted; `cim-tui auth program add NAME` admits one',
    ]);
  });
});
