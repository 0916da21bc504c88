import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

import {describe, expect, it, test} from 'vitest';

import type {CommandDescriptor} from '#domain/command.ts';
import {COMMANDS} from '#domain/commands.ts';
import {ROOT} from '#test/support/stage.ts';

interface Row {
  readonly promise: string;
  readonly tests: readonly {readonly path: string; readonly name: string}[];
}

const rows: readonly Row[] = readFileSync(join(ROOT, 'docs', 'semantics.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| promise '))
  .map((line) => {
    const [, promise = '', , tests = ''] = line.split('|').map((cell) => cell.trim());
    const named = [...tests.matchAll(/`([^`]+)` "([^"]+)"/g)];
    return {promise, tests: named.map(([, path = '', name = '']) => ({path, name}))};
  });

/** A suite runs on the memory drivers and on a real server, by a file of each kind. */
const isSuite = (path: string): boolean => path.endsWith('.suite.ts');
const isInMemory = (path: string): boolean => /^test\/(unit|contract)\//.test(path);
const isReal = (path: string): boolean => /^test\/(integration|e2e|box|vm)\//.test(path);

test('the table has its rows', () => {
  expect(rows.length).toBeGreaterThan(10);
});

describe.each(rows)('$promise', ({tests}) => {
  it.each(tests)('$path has "$name"', ({path, name}) => {
    expect(existsSync(join(ROOT, path))).toBe(true);
    expect(readFileSync(join(ROOT, path), 'utf8').replaceAll("\\'", "'")).toContain(name);
  });

  it('is tested in memory and on a real server', () => {
    const paths = tests.map(({path}) => path);
    expect(paths.some(isSuite) || (paths.some(isInMemory) && paths.some(isReal))).toBe(true);
  });
});

test.each(['event-store', 'lease', 'semantics', 'jobs'])('the suite of %s runs on both', (name) => {
  const memory = join(ROOT, 'test', 'contract', `${name}-memory.test.ts`);
  const real = [
    join(ROOT, 'test', 'integration', 'contract', `${name}-nats.test.ts`),
    join(ROOT, 'test', 'integration', `${name}.test.ts`),
  ].find((path) => existsSync(path));
  for (const path of [memory, real ?? 'none']) {
    expect(readFileSync(path, 'utf8')).toContain(`${name}.suite.ts`);
  }
});

test('a command that is one step leaves nothing open by a restart; a job says what comes of it', () => {
  const isOneStep = ({job, hasOutcome}: CommandDescriptor) =>
    job === undefined && hasOutcome !== true;
  expect(COMMANDS.filter((command) => isOneStep(command) && command.restart !== 'fail')).toEqual(
    [],
  );
});
