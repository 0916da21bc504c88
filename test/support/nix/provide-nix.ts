import {copyFileSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';

import {fetchDebianClosure} from '#bin/setup/debian-package.mjs';
import {
  type DebianSource,
  findDebianSource,
  readArchitecture,
  tryMirrors,
} from '#bin/setup/debian-source.mjs';
import {reasonOf, run} from '#bin/setup/processes.mjs';
import {step} from '#bin/setup/terminal.mjs';
import {isAtLeast, parseVersion} from '#bin/setup/versions.mjs';
import {provideStage, stageFolder} from '#test/support/tiers/cached-stage.ts';

/** A folder whose `bin` has Nix, or why there is none. */
export type ProvidedNix = {readonly folder: string} | {readonly lack: string};

/** Older ones know neither relative path inputs nor the log of builds that the console reads. */
const LEAST = [2, 26, 0] as const;

const LOADER = /^ld-linux.*\.so\.\d$/;

const COMMANDS = ['nix', 'nix-build', 'nix-env', 'nix-instantiate', 'nix-store'] as const;

/**
 * Starts Nix by the loader it was linked for, with its own libraries. Nothing of the binary is
 * changed and no path is fixed: the folder may be renamed, and builders see nothing of it.
 */
const WRAPPER = `#!/bin/sh
root=\${0%/*}/..
exec "$root/lib/loader" --library-path "$root/lib" --argv0 "\${0##*/}" "$root/libexec/nix" "$@"
`;

/** The suite has Nix 2.26; a stable one, as its libraries always fit each other. */
const PARTS = {suite: 'trixie', name: 'nix-bin', commands: COMMANDS, wrapper: WRAPPER, revision: 1};

/** Finds Nix in the cache, or fetches it from Debian with its libraries (50 MB, 48 MB kept). */
export async function provideNix(
  env: NodeJS.ProcessEnv = process.env,
  source: DebianSource | {readonly lack: string} = findDebianSource(),
): Promise<ProvidedNix> {
  const recipe = {name: 'nix', architecture: await readArchitecture(), parts: PARTS};
  const fetch = (folder: string): Promise<void> => {
    if ('lack' in source) throw new Error(source.lack);
    return step(
      `fetching Nix from Debian ${PARTS.suite} (50 MB, 48 MB kept in the cache; signatures checked, ` +
        'the system stays as it is): tests build and switch with it',
      () => build(source, folder),
    );
  };
  try {
    return {folder: await provideStage(recipe, fetch, env)};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {lack: `no Nix in ${stageFolder(recipe, env)}, and it cannot be fetched: ${reason}`};
  }
}

async function build(source: DebianSource, folder: string): Promise<void> {
  await tryMirrors(source, folder, async (place) => {
    const {suite, name} = PARTS;
    const root = await fetchDebianClosure({...place, suite, name});
    await keep(root, folder);
  });
  const {code, stdout, stderr} = await run(join(folder, 'bin', 'nix'), ['--version']);
  const version = parseVersion(stdout);
  if (version === undefined || !isAtLeast(version, LEAST)) {
    const said = reasonOf({code, stdout, stderr});
    throw new Error(`the fetched Nix says ${said}, not 2.26 or newer`);
  }
}

/** Of 96 packages the program and the libraries that its loader asks for. */
async function keep(root: string, folder: string): Promise<void> {
  const program = join(root, 'usr', 'bin', 'nix');
  const {loader, libraries} = findLoader(join(root, 'usr', 'lib'));
  const listed = await run(loader, ['--library-path', libraries, '--list', program]);
  if (listed.code !== 0) throw new Error(`list the libraries of Nix: ${reasonOf(listed)}`);
  const paths = [...listed.stdout.matchAll(/ => (\/\S+)/g)].map(([, path = '']) => path);
  for (const name of ['bin', 'lib', 'libexec']) mkdirSync(join(folder, name));
  for (const path of paths) copyFileSync(path, join(folder, 'lib', basename(path)));
  copyFileSync(loader, join(folder, 'lib', 'loader'));
  copyFileSync(program, join(folder, 'libexec', 'nix'));
  const [first = '', ...others] = COMMANDS;
  writeFileSync(join(folder, 'bin', first), WRAPPER, {mode: 0o755});
  for (const name of others) symlinkSync(first, join(folder, 'bin', name));
}

/** The loader lies with the libraries, in a folder named after the architecture. */
function findLoader(lib: string) {
  for (const name of readdirSync(lib)) {
    const libraries = join(lib, name);
    const isFolder = statSync(libraries).isDirectory();
    const found = isFolder ? readdirSync(libraries).find((entry) => LOADER.test(entry)) : undefined;
    if (found !== undefined) return {loader: join(libraries, found), libraries};
  }
  throw new Error('the fetched packages hold no loader');
}
