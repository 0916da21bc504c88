import {afterEach, beforeEach, describe, expect, it} from 'vitest';

import type {CliWorld} from '#cli/verb.ts';
import {createSystemIds} from '#drivers/system/ids.ts';
import {memoryGround} from '#test/support/grounds.ts';
import {
  type AgentLife,
  annaOn,
  beginLife,
  GROUND_PORT,
  type LeafGround,
} from '#test/support/leaf-ground.ts';
import {runWords} from '#test/support/run-words.ts';

const IDENTITY = {leafId: 'l', storeId: '0b0e7c1e-5f0a-4f0c-9a70-8a2f0f5b7f14'};

let ground: LeafGround;
let life: AgentLife;

beforeEach(async () => {
  ground = await memoryGround(IDENTITY);
  life = await beginLife({ground, identity: IDENTITY, epoch: 1});
});
afterEach(() => life.kill());

/** What a command line said, and its exit code. */
async function typed(argv: readonly string[], changes: Partial<CliWorld> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const client = annaOn(ground, IDENTITY);
  const world = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    ask: undefined,
    connect: () => Promise.resolve({client, close: () => Promise.resolve()}),
    messageId: createSystemIds().messageId,
    now: Date.now,
    signal: new AbortController().signal,
    ...changes,
  } as unknown as CliWorld;
  const code = await runWords(argv, world);
  return {code, out, err};
}

const port = () => life.service.journal.inventory().ports[GROUND_PORT];

describe('a wish about hardware', () => {
  it('is told as accepted, and then how it came out', async () => {
    const {code, out} = await typed(['port', 'disable', 'br0', '--yes']);
    expect(code).toBe(0);
    expect(out).toEqual([
      expect.stringMatching(/^accepted: port disable br0 \(event \d+\)$/),
      expect.stringMatching(/^applied: br0: disabled \(event \d+\)$/),
    ]);
    expect(port()).toMatchObject({state: 'disabled'});
    const shown = await typed(['port', 'show', 'br0']);
    expect(shown.out).toContain('set       disabled');
  });

  it('prints its outcome as one more line of JSON', async () => {
    const {out} = await typed(['port', 'set', 'br0', '--mtu', '1400', '--yes', '--json']);
    expect(out.map((line) => JSON.parse(line))).toMatchObject([
      {ok: true},
      {type: 'cim.port.change-applied.v1', data: {change: {mtu: 1400}}},
    ]);
  });

  it('says how long a change is on trial, and keeps it once that is confirmed', async () => {
    const tried = await typed(['port', 'down', 'br0', '--try', '60', '--yes=br0']);
    expect(tried.code).toBe(0);
    expect(tried.err).toEqual([expect.stringMatching(/^it comes back at .*port confirm br0`$/)]);
    const shown = await typed(['port', 'show', 'br0']);
    expect(shown.out.join('\n')).toMatch(/on trial +link down, comes back at /);
    const confirmed = await typed(['port', 'confirm', 'br0']);
    expect(confirmed.out).toEqual([expect.stringMatching(/^done: port confirm br0/)]);
    expect(port()).toMatchObject({change: null, wanted: {link: 'down'}});
  });

  it('that only unbinds roles is done with its answer', async () => {
    await typed(['role', 'bind', 'lan', '--port', 'br0']);
    const {code, out} = await typed(['port', 'release', 'br0', '--yes']);
    expect({code, lines: out.length}).toEqual({code: 0, lines: 1});
  });
});

describe('a grave wish', () => {
  const words = ['port', 'down', 'br0', '--try', '60'];

  it.each([[[...words, '--yes']], [[...words, '--yes=other']], [words]])(
    'is not done by %j without a terminal',
    async (argv) => {
      const {code, err} = await typed(argv);
      expect({code, err}).toEqual({
        code: 2,
        err: ['cim-tui: port down br0 asks first; say --yes="br0" to go on'],
      });
      expect(port()).toMatchObject({wanted: {}});
    },
  );

  it('is done for who says the label, as the socket bears it', async () => {
    await typed(['port', 'label', 'br0', 'LAN 1']);
    const asked = await typed(words);
    expect(asked.err).toEqual(['cim-tui: port down br0 asks first; say --yes="LAN 1" to go on']);
    const said = await typed([...words, '--yes=LAN 1']);
    expect(said.code).toBe(0);
  });

  it('needs the name to be typed where there is one', async () => {
    const ask = async () => true;
    const wrong = await typed(words, {ask, askWord: async () => 'y'});
    expect(wrong).toMatchObject({code: 2, err: ['cim-tui: nothing changed']});
    const right = await typed(words, {ask, askWord: async () => 'br0'});
    expect(right.code).toBe(0);
  });
});
