import {copyFileSync, mkdirSync, readFileSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, expect, test} from 'vitest';
import {z} from 'zod';

import {findProgram} from '#drivers/process/find-program.ts';
import {nixStageForFile} from '#test/support/nix/file-stage.ts';
import {
  cachedFile,
  type LockedPackage,
  npmCache,
  readBundledPackages,
} from '#test/support/nix/npm-cache.ts';
import {serveOnePackage} from '#test/support/nix/one-package-registry.ts';
import {createOurFlake, flakeLack, OFFLINE, REFERENCE} from '#test/support/nix/our-flake.ts';
import {ROOT} from '#test/support/stage.ts';

const stage = nixStageForFile();
const Derivations = z.record(
  z.string(),
  z.object({
    name: z.string(),
    outputs: z.object({out: z.object({hash: z.string().optional()})}),
  }),
);

beforeEach(({skip}) => {
  if (flakeLack !== undefined) skip(flakeLack);
});

test.each([
  ['x86_64-linux', 'linux-x64'],
  ['aarch64-linux', 'linux-arm64'],
])('on %s what it is made of is what the lock file has', async (system, platform) => {
  const output = `packages.${system}.cim-tui`;
  const shown = await createOurFlake(stage()).run(['derivation', 'show', '--recursive'], output);
  const derivations = Object.values(Derivations.parse(JSON.parse(shown.stdout)));
  const fixed = derivations.flatMap(({name, outputs: {out}}) =>
    out.hash === undefined ? [] : [[name, out.hash] as const],
  );
  const hexOf = ({integrity}: LockedPackage) =>
    Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');
  const locked = readBundledPackages(platform).map((each) => [each.fileName, hexOf(each)] as const);
  expect(locked.length).toBeGreaterThan(50);
  expect(Object.fromEntries(fixed)).toEqual(Object.fromEntries(locked));
});

test('builds, from files that npm packs, and starts', async ({skip}) => {
  const npm = findProgram('npm');
  if (npm === undefined) return skip('no npm');
  const packages = readBundledPackages(`${process.platform}-${process.arch}`);
  const cache = npmCache();
  const paths = packages.map((each) => [each, cachedFile(cache, each)] as const);
  const missing = paths.filter(([, path]) => path === undefined);
  if (missing.length > 0) skip(`npm's cache lacks ${missing.length} packages: npm ci fills it`);
  const known = paths.flatMap(([each, path]) => (path === undefined ? [] : [{each, path}]));
  const fetched = known.find(({each}) => each.name === 'zustand');
  if (fetched === undefined) throw new TypeError('zustand is not in the bundle any more');

  const {folder, run} = stage();
  await add(known.filter((one) => one !== fetched));
  const tools = join(folder, 'tools');
  mkdirSync(tools);
  symlinkSync(process.execPath, join(tools, 'node'));
  symlinkSync(npm, join(tools, 'npm'));
  await using registry = await serveOnePackage(fetched.each, fetched.path);
  const built = await run(
    'env',
    ...[`CIM_NODE_BIN=${tools}`, `npm_config_registry=${registry.url}`, 'nix', 'build'],
    ...[`${REFERENCE}#cim-tui`, '--impure', '--no-link', '--print-out-paths', ...OFFLINE],
  );
  expect(built).toMatchObject({code: 0});
  expect(registry.fetched()).toBe(1);

  const program = join(built.stdout.trim(), 'bin', 'cim-tui');
  const {version} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(await run(program, '--version')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(version),
  });
  const status = await run(program, 'status', '--home', join(folder, 'nowhere'));
  expect(status).toMatchObject({code: 4, stderr: expect.stringContaining('no agent')});
});

/** Puts packed packages into the store where their derivations would put them. */
async function add(
  packed: readonly {readonly each: LockedPackage; readonly path: string}[],
): Promise<void> {
  const {folder, run} = stage();
  const names = packed.map(({each, path}) => {
    const name = join(folder, 'tmp', each.fileName);
    copyFileSync(path, name);
    return name;
  });
  expect(await run('nix-store', '--add-fixed', 'sha512', ...names)).toMatchObject({code: 0});
}
