import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, expect, test} from 'vitest';
import {z} from 'zod';

import {nixStageForFile} from '#test/support/nix/file-stage.ts';
import {createOurFlake, flakeLack} from '#test/support/nix/our-flake.ts';
import {ROOT} from '#test/support/stage.ts';

const stage = nixStageForFile();

beforeEach(({skip}) => {
  if (flakeLack !== undefined) skip(flakeLack);
});

const NIX_FILES = [
  'flake.nix',
  ...['bin', 'hosts', 'modules', 'test/nix'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), {recursive: true, encoding: 'utf8'})
      .filter((name) => name.endsWith('.nix'))
      .map((name) => join(folder, name)),
  ),
];

const readLock = () => readFileSync(join(ROOT, 'flake.lock'), 'utf8');

test('passes its check on both systems, with nothing fetched and the lock left alone', async () => {
  const before = readLock();
  const checked = await createOurFlake(stage()).run([
    ...['flake', 'check', '--no-build', '--all-systems'],
  ]);
  expect(checked).toMatchObject({code: 0});
  for (const output of ['packages.aarch64-linux.cim-tui', 'checks.x86_64-linux.agent']) {
    expect(checked.stderr).toContain(`checking derivation ${output}`);
  }
  expect(checked.stderr).toContain("checking NixOS configuration 'nixosConfigurations.example'");
  expect(readLock()).toBe(before);
});

test('has a package, a shell, modules, hosts and checks', async () => {
  const shown = await createOurFlake(stage()).run(['flake', 'show', '--json', '--all-systems']);
  const {version} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const both = (outputs: object) => ({'x86_64-linux': outputs, 'aarch64-linux': outputs});
  expect(JSON.parse(shown.stdout)).toMatchObject({
    packages: both({
      'cim-tui': {name: `cim-tui-${version}`, type: 'derivation'},
      default: {name: `cim-tui-${version}`},
    }),
    devShells: both({default: {type: 'derivation'}}),
    nixosModules: {agent: {type: 'nixos-module'}, default: {type: 'nixos-module'}},
    nixosConfigurations: {example: {type: 'nixos-configuration'}},
    checks: both({'cim-tui': {type: 'derivation'}, agent: {type: 'derivation'}}),
  });
});

const Locked = z.strictObject({
  type: z.literal('github'),
  owner: z.string(),
  repo: z.string(),
  rev: z.string().regex(/^[0-9a-f]{40}$/),
  narHash: z.string().regex(/^sha256-[A-Za-z0-9+/]{43}=$/),
  lastModified: z.int().positive(),
});
const Original = Locked.pick({type: true, owner: true, repo: true}).extend({ref: z.string()});
const Lock = z.strictObject({
  version: z.literal(7),
  root: z.literal('root'),
  nodes: z.intersection(
    z.looseObject({root: z.strictObject({inputs: z.record(z.string(), z.string())})}),
    z.record(
      z.string(),
      z.union([
        z.strictObject({inputs: z.record(z.string(), z.string())}),
        z.strictObject({locked: Locked, original: Original}),
      ]),
    ),
  ),
});

test('locks each input to a revision and a hash, and to no address', async () => {
  const {nodes} = Lock.parse(JSON.parse(readLock()));
  expect(Object.keys(nodes).sort()).toEqual(['nixpkgs', 'root']);
  expect(nodes.root.inputs).toEqual({nixpkgs: 'nixpkgs'});
});

test.each(NIX_FILES)('%s parses, and keeps our rules of style', async (path) => {
  const parsed = await stage().run(
    'nix-instantiate',
    ...['--parse', '--extra-experimental-features', 'no-url-literals', join(ROOT, path)],
  );
  expect(parsed).toMatchObject({code: 0, stderr: ''});
  const text = readFileSync(join(ROOT, path), 'utf8');
  expect(text).not.toMatch(/\bwith lib\b|\brec \{|builtins\.fetch|\t/);
});
