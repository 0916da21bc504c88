import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, realpathSync, rmSync} from 'node:fs';
import {dirname} from 'node:path';
import {createInterface} from 'node:readline';
import {beforeEach, describe, expect, onTestFinished, test} from 'vitest';

import {isRunning} from '#test/support/is-running.ts';
import {nixStageForFile} from '#test/support/nix/file-stage.ts';
import {
  builderLines,
  buildProgress,
  errorsIn,
  parseLog,
  withoutColours,
} from '#test/support/nix/read-log.ts';
import {createToyLeaf, type ToyLeaf} from '#test/support/nix/toy-leaf.ts';
import {isRoot, ROOT} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

const stage = nixStageForFile();
let leaf: ToyLeaf;

beforeEach(() => {
  leaf = createToyLeaf(stage());
});

/** Builds a version into the profile and switches to it. */
async function deploy(version: string): Promise<void> {
  await stage().ask(...leaf.build(version));
  expect(await stage().run(leaf.switchProgram, 'switch')).toMatchObject({code: 0});
}

test('a change is built, compared and switched to', async () => {
  const {nix} = stage();
  await deploy('1.0');
  expect(await leaf.running()).toBe('1.0');
  await deploy('1.1');
  expect(await leaf.running()).toBe('1.1');
  expect(await leaf.generations()).toEqual([
    [1, false],
    [2, true],
  ]);
  const links = [1, 2].map((number) => `${leaf.profile}-${number}-link`);
  const compared = await nix('store', 'diff-closures', ...links);
  const lines = withoutColours(compared.stdout).trim().split('\n');
  expect(lines).toEqual(['toy-agent: 1.0 → 1.1', 'toy-system: 1.0 → 1.1']);
});

test('the way back needs neither the expression nor a network', async () => {
  await deploy('1.0');
  await deploy('1.1');
  const before = realpathSync(`${leaf.profile}-1-link`);
  leaf.forgetExpression();
  expect(await stage().nix(...leaf.build('1.2'))).toMatchObject({code: 1});
  const apart = isRoot ? ['unshare', '--net', '--'] : [];
  const [program = '', ...args] = [...apart, 'nix-env', '-p', leaf.profile, '--rollback'];
  expect(await stage().run(program, ...args)).toMatchObject({code: 0});
  expect(realpathSync(leaf.profile)).toBe(before);
  expect(await leaf.running()).toBe('1.1');
  expect(await stage().run(leaf.switchProgram, 'switch')).toMatchObject({code: 0});
  expect(await leaf.running()).toBe('1.0');
  expect(await leaf.generations()).toEqual([
    [1, true],
    [2, false],
  ]);
});

test('the log for programs has the progress and what builders print', async () => {
  const {stderr} = await stage().nix(...leaf.build('1.0'));
  const log = parseLog(stderr);
  const progress = buildProgress(log);
  expect(progress.at(0)?.[0]).toBe(0);
  expect(progress.at(-1)).toEqual([2, 2]);
  expect(builderLines(log)).toContain('building the agent 1.0');
  expect(errorsIn(log)).toEqual([]);
});

test.each([
  ['1.1-broken', /toy-agent-1\.1-broken.*failed with exit code 3/s],
  ['1/1', /name 'toy-system-1\/1' contains illegal character/],
])('version %s does not build: the log says why, the profile stays', async (version, reason) => {
  await deploy('1.0');
  const {code, stderr} = await stage().nix(...leaf.build(version));
  expect(code).toBe(1);
  expect(errorsIn(parseLog(stderr)).join('\n')).toMatch(reason);
  expect(await leaf.generations()).toEqual([[1, true]]);
});

describe('killed', () => {
  test('in a build: no builder is left, and the next build goes through', async () => {
    await deploy('1.0');
    leaf.hold('hold-build');
    const build = stage().start('nix', ...leaf.build('1.1'));
    const builder = await leaf.held();
    expect(isRunning(builder)).toBe(true);
    build.kill('SIGKILL');
    await untilEnded(builder);
    expect(await leaf.generations()).toEqual([[1, true]]);
    leaf.letGo('hold-build');
    await deploy('1.1');
    expect(await leaf.running()).toBe('1.1');
  });

  test('in a switch: the old system runs, the profile can go both ways', async () => {
    await deploy('1.0');
    await stage().ask(...leaf.build('1.1'));
    leaf.hold('hold-switch');
    const switching = stage().start(leaf.switchProgram, 'switch');
    expect(await leaf.held()).toBe(switching.pid);
    switching.kill('SIGKILL');
    await once(switching, 'close');
    leaf.letGo('hold-switch');
    expect(await leaf.running()).toBe('1.0');
    expect(await leaf.generations()).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(await stage().run(leaf.switchProgram, 'switch')).toMatchObject({code: 0});
    expect(await leaf.running()).toBe('1.1');
    expect(await stage().run('nix-env', '-p', leaf.profile, '--rollback')).toMatchObject({code: 0});
    expect(await stage().run(leaf.switchProgram, 'switch')).toMatchObject({code: 0});
    expect(await leaf.running()).toBe('1.0');
  });

  test('with the test run itself: neither Nix nor its builder goes on', async () => {
    const host = spawn(process.execPath, [`${ROOT}/test/support/nix/build-host.ts`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface(host.stdout), 'line');
    const {folder, nix, builder} = JSON.parse(line);
    onTestFinished(() => rmSync(folder, {recursive: true}));
    expect([isRunning(nix), isRunning(builder)]).toEqual([true, true]);
    host.kill('SIGKILL');
    await untilEnded(nix);
    await untilEnded(builder);
  });
});

test('what no generation holds is dead, and a dry run deletes nothing', async () => {
  const {ask, run} = stage();
  await deploy('1.0');
  await deploy('1.1');
  const old = realpathSync(`${leaf.profile}-1-link`);
  const dead = async () => (await run('nix-store', '--gc', '--print-dead')).stdout.split('\n');
  expect(await dead()).not.toContain(old);
  await run('nix-env', '-p', leaf.profile, '--delete-generations', 'old');
  expect(await dead()).toContain(old);
  await ask('store', 'gc', '--dry-run');
  expect(existsSync(old)).toBe(true);
  await ask('store', 'gc');
  expect(existsSync(old)).toBe(false);
  expect(existsSync(dirname(leaf.switchProgram))).toBe(true);
});

const untilEnded = (pid: number): Promise<boolean> =>
  until(
    () => isRunning(pid),
    (runs) => !runs,
  );
