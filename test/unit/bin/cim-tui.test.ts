import {spawnSync} from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cim launcher '));
  mkdirSync(join(root, 'bin'));
  copyFileSync('bin/cim-tui', join(root, 'bin/cim-tui'));
});

afterEach(() => rmSync(root, {recursive: true}));

/** A stand-in for Node that prints its version, or says which it is and what it was given. */
const addNode = (path: string, version: string) => {
  const file = join(root, path);
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(
    file,
    `#!/bin/sh\n[ "$1" = --version ] && echo ${version} && exit\necho ${path} "$@"\n`,
  );
  chmodSync(file, 0o755);
};

const addBundle = () => {
  mkdirSync(join(root, 'dist'));
  writeFileSync(join(root, 'dist/cim-tui.mjs'), '');
};

const launch = (args: readonly string[] = [], start = join(root, 'bin/cim-tui')) =>
  spawnSync(start, args, {
    encoding: 'utf8',
    env: {PATH: `${join(root, 'one')}:${join(root, 'two')}:/bin:/usr/bin/none`, HOME: root},
  });

test('takes the packaged Node and passes the arguments on as they are', () => {
  addBundle();
  addNode('node_modules/.bin/node', 'v24.0.0');
  addNode('one/node', 'v26.0.0');
  const {stdout, status} = launch(['port', 'label', 'two words', '']);
  expect(stdout).toMatch(/^node_modules\/.bin\/node --max-semi-space-size=\d+ /);
  expect(stdout).toContain(` ${root}/dist/cim-tui.mjs port label two words \n`);
  expect(status).toBe(0);
});

test('takes the first Node on PATH that is new enough', () => {
  addBundle();
  addNode('one/node', 'v20.20.2');
  addNode('two/node', 'v24.1.0');
  expect(launch().stdout).toMatch(/^two\/node /);
});

test('says what to do without a Node that is new enough', () => {
  addBundle();
  addNode('one/node', 'v22.0.0');
  const {stderr, status} = launch();
  expect(stderr).toMatch(/^cim-leaf: no Node 24 or newer: run 'npm start' in .*\n$/);
  expect(status).toBe(1);
});

test('says what to do without a bundle', () => {
  addNode('node_modules/.bin/node', 'v24.0.0');
  const {stderr, status} = launch();
  expect(stderr).toBe(`cim-leaf: not set up yet: run 'npm start' in ${root}\n`);
  expect(status).toBe(1);
});

test('finds its checkout through symbolic links', () => {
  addBundle();
  addNode('node_modules/.bin/node', 'v24.0.0');
  symlinkSync('bin/cim-tui', join(root, 'relative'));
  symlinkSync(join(root, 'relative'), join(root, 'absolute'));
  expect(launch([], join(root, 'absolute')).stdout).toContain(`${root}/dist/cim-tui.mjs`);
});
