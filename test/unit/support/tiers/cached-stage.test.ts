import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';

import {provideStage, stageFolder} from '#test/support/tiers/cached-stage.ts';

const recipe = {name: 'toy', architecture: 'amd64', parts: {suite: 'sid'}};
let env: NodeJS.ProcessEnv;
let stages: string;

beforeEach(() => {
  env = {XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), 'cim-stages-'))};
  stages = join(stageFolder(recipe, env), '..');
});

afterEach(() => rmSync(env.XDG_CACHE_HOME ?? '', {recursive: true}));

test('is named by its recipe, and by nothing else', () => {
  const other = {...recipe, parts: {suite: 'trixie'}};
  expect(stageFolder(recipe, env)).toMatch(/\/cim-leaf\/stages\/toy-[0-9a-f]{12}-amd64$/);
  expect(stageFolder({...recipe}, env)).toBe(stageFolder(recipe, env));
  expect(stageFolder(other, env)).not.toBe(stageFolder(recipe, env));
});

test('is built once, also for two who ask at the same time', async () => {
  let builds = 0;
  const build = async (folder: string): Promise<void> => {
    builds += 1;
    writeFileSync(join(folder, 'content'), '');
  };
  const asked = [1, 2].map(() => provideStage(recipe, build, env));
  const [folder, same] = await Promise.all(asked);
  expect([folder, same, builds]).toEqual([stageFolder(recipe, env), folder, 1]);
  expect(await provideStage(recipe, build, env)).toBe(folder);
  expect(builds).toBe(1);
  expect(readdirSync(folder ?? '')).toEqual(['content']);
});

test('is not there before it is whole, and not at all when its build goes wrong', async () => {
  const build = async (folder: string): Promise<void> => {
    writeFileSync(join(folder, 'half'), '');
    expect(existsSync(stageFolder(recipe, env))).toBe(false);
    throw new Error('no mirror');
  };
  await expect(provideStage(recipe, build, env)).rejects.toThrow('no mirror');
  expect(readdirSync(stages)).toEqual(['toy.lock']);
});

test('what a killed build left is removed by the next one', async () => {
  mkdirSync(join(stages, 'building-toy.x'), {recursive: true});
  const folder = await provideStage(recipe, async () => undefined, env);
  expect(readdirSync(stages).sort()).toEqual([folder.split('/').at(-1), 'toy.lock']);
});

test('one of other parts goes when it has not been used for long', async () => {
  const old = join(stages, 'toy-0123456789ab-amd64');
  const fresh = join(stages, 'toy-ba9876543210-amd64');
  const other = join(stages, 'toy-box-0123456789ab-amd64');
  for (const folder of [old, fresh, other]) mkdirSync(folder, {recursive: true});
  for (const folder of [old, other]) utimesSync(folder, 1, 1);
  const folder = await provideStage(recipe, async () => undefined, env);
  expect([folder, fresh, other, old].map(existsSync)).toEqual([true, true, true, false]);
});

test('one that somebody else has built is used where it is, and only read', async () => {
  const theirs = join(stages, 'theirs');
  const name = stageFolder(recipe, env).split('/').at(-1) ?? '';
  mkdirSync(join(theirs, name), {recursive: true});
  const build = () => Promise.reject(new Error('built'));
  const shared = {...env, CIM_STAGE_CACHE: theirs};
  expect(await provideStage(recipe, build, shared)).toBe(join(theirs, name));
  expect(existsSync(stageFolder(recipe, env))).toBe(false);
});
