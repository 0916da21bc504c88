import {expect, it} from 'vitest';

import {explain} from '#cli/run.ts';
import type {CliWorld} from '#cli/verb.ts';
import {CimError} from '#domain/errors.ts';
import {runWords} from '#test/support/run-words.ts';
import {readSettings} from '../../../src/wiring/config.ts';

function createWorld() {
  const out: string[] = [];
  const err: string[] = [];
  const client = {
    query: () => Promise.resolve({sequence: 4, rows: []}),
    readEvent: () => Promise.resolve(undefined),
  };
  const world = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    connect: () => Promise.resolve({client, close: () => Promise.resolve()}),
    now: () => 0,
    signal: new AbortController().signal,
  } as unknown as CliWorld;
  return {world, out, err};
}

it.each([
  ['port', 'unknown-port', 'there is no such port: 9'],
  ['device', 'unknown-device', 'there is no such device: 9'],
  ['role', 'unknown-role', 'there is no such role: 9'],
  ['job', 'unknown-job', 'there is no such job: 9'],
  ['event', 'no-event', 'there is no event with this sequence: 9'],
])('%s show says with its code that there is none', async (noun, code, message) => {
  const {world, out, err} = createWorld();
  expect(await runWords([noun, 'show', '9', '--json'], world)).toBe(3);
  expect(out.map((line) => JSON.parse(line))).toMatchObject([{ok: false, code, message}]);
  expect(err).toHaveLength(1);
});

it('a setting that cannot be is wrong usage, in one sentence', () => {
  const globals = {home: '/x', nats: undefined, creds: undefined, timeoutMs: 1};
  const read = (leaf: string | undefined, env = {}) => readSettings({...globals, leaf}, env);
  expect(() => read('A B')).toThrow(CimError);
  expect(() => read(undefined, {CIM_LEAF_ID: 'A B'})).toThrow("CIM_LEAF_ID: a leaf's id has");
  expect(read(undefined, {CIM_LEAF_ID: ''}).leafId).toBeUndefined();
  const {world, err} = createWorld();
  expect(explain(new CimError('wrong-usage', 'x'), world, false)).toBe(2);
  expect(err).toHaveLength(1);
});
