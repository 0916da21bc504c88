import {afterAll, beforeAll, describe, expect, it} from 'vitest';

import {type ConsolePty, openConsolePty, serveMadeUp} from '#test/support/console-pty.ts';
import {connectPlainly, type PlainProgram} from '#test/support/plain-request.ts';
import type {LeafHome} from '#test/support/stage.ts';

type Json = Readonly<Record<string, unknown>>;

/** More events than a console keeps: what is older has to be read from the store. */
const MANY = 1_020;

let leaf: LeafHome;
let program: PlainProgram;
let screen: ConsolePty;
let labelled: number;

const wish = async (verb: readonly [string, string], request: object): Promise<number> => {
  const {body} = await program.wish(...verb, request);
  expect(body).toMatchObject({ok: true});
  return Number(body.sequence);
};

const label = (target: string, text: string | null): Promise<number> =>
  wish(['port', 'label'], {target, data: {label: text}});

beforeAll(async () => {
  leaf = await serveMadeUp();
  program = await connectPlainly(leaf);
  labelled = await label('ttyA0', 'gate 1');
  for (let round = 0; round < MANY; round += 20) {
    const texts = Array.from({length: 20}, (_, index) => `cabinet ${round + index}`);
    await Promise.all(
      texts.map((text) => wish(['leaf', 'label'], {target: '', data: {label: text}})),
    );
  }
  screen = await openConsolePty({leaf});
});

afterAll(async () => {
  await screen?.end();
  await program?.close();
  await leaf?.stop();
});

describe('why', () => {
  it('by command tells the chain of a field, read from the store', async () => {
    const {code, stdout} = await leaf.cli('event', 'why', 'port', 'gate 1', 'label');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`^gate 1, label gate 1: \\S+ asked for it over nats\n.* event ${labelled} `),
    );
    const [first] = await leaf.json('event', 'why', 'port', 'gate 1', 'deviceId');
    expect(first).toMatchObject({
      field: 'deviceId',
      type: 'cim.device.added.v1',
      origin: {kind: 'seen', cause: {type: 'enumeration'}},
      earlier: 2,
    });
  });

  it('by key tells of each cell, and leads to what the console does not keep', async () => {
    screen.press('2');
    await screen.shows(/^».* gate 1 /);
    screen.press('w');
    await screen.shows(new RegExp(`label +event ${labelled} of \\S+: labelled "" → "gate 1"`));
    screen.press('\r');
    await screen.shows(/^─WHY gate 1 PORT: label─/);
    await screen.shows(/asked by \S+ over nats/);
    screen.press('\u001b');
    await screen.shows(/^─WHY gate 1─/);
    screen.press('jj\r');
    await screen.shows(/^ reader +the leaf's service layer/);
    await screen.shows(/^ age +(read|not read yet)/);
    screen.press('\u001b');
    await screen.shows(/^─WHY gate 1─/);
    screen.press('q');
    await screen.hides('─WHY');
  });
});

describe('undo', () => {
  it('by command says what it would store, and stores nothing', async () => {
    const [before] = (await leaf.json('event', 'list', '--limit', '1')) as Json[];
    const dry = await leaf.cli('event', 'undo', String(labelled), '--dry-run');
    expect(dry).toMatchObject({code: 0, stderr: ''});
    expect(dry.stdout).toMatch(/^would store cim\.port\.labelled\.v1 on \S+: \{"label":null,/);
    expect(await leaf.json('event', 'list', '--limit', '1')).toEqual([before]);
  });

  it('is refused where something newer did the same, with its actor: by command and by key', async () => {
    const newer = await label('gate 1', 'gate 2');
    const told = new RegExp(`event ${newer} of \\S+ \\(nats\\), \\S+Z: gate 2 labelled`);
    for (const flag of ['--yes', '--dry-run']) {
      const refused = await leaf.cli('event', 'undo', String(labelled), flag, '--json');
      expect(refused.code).toBe(3);
      expect(JSON.parse(refused.stdout)).toMatchObject({
        code: 'superseded',
        message: expect.stringMatching(told),
      });
    }
    await label('gate 2', 'gate 3');
    screen.press('4');
    await screen.shows(/^».* gate 3 +labelled +"gate 2" → "gate 3"/);
    screen.press('kU');
    await screen.shows(
      new RegExp(`event ${newer} cannot be undone: event ${newer + 1} of \\S+ \\(labelled`),
    );
    screen.press('2');
    await screen.hides('cannot be undone');
  });

  it('by U in a chain takes the event back, and the chain then holds both', async () => {
    await screen.shows(/^».* gate 3 +serial/);
    screen.press('w\r');
    await screen.shows(/^».* gate 3 labelled "gate 2" → "gate 3"/);
    screen.press('U');
    await screen.asks('UNDO EVENT');
    screen.press('\t\r');
    await screen.shows(/^».* gate 2 +serial/);
    screen.press('w\r');
    await screen.shows(/^».* gate 2 labelled "gate 3" → "gate 2"/);
    await screen.shows(/to undo|^ +(?:undo )?event \d+$/);
    await screen.shows(/ gate 2 labelled "gate 2" → "gate 3"/);
    const steps = await leaf.json('event', 'why', 'port', 'gate 2', 'label');
    expect(steps.map(({origin}) => (origin as Json).channel)).toEqual(['console', 'nats']);
    expect(steps[0]?.earlier).toBe(steps[1]?.sequence);
    screen.press('q');
    await screen.shows(/^─WHY gate 2─/);
    screen.press('q');
    await screen.hides('─WHY');
  });

  it('by U is undone by U again', async () => {
    screen.press('4G');
    await screen.shows(/^».* gate 2 +labelled +"gate 3" → "gate 2"/);
    screen.press('U');
    await screen.asks('UNDO EVENT');
    screen.press('\t\r');
    await screen.shows(/^».* gate 3 +labelled +"gate 2" → "gate 3"/);
  });
});
