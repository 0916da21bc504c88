import {join} from 'node:path';

import {findDebianSource, readArchitecture} from '#bin/setup/debian-source.mjs';
import {installPackages} from '#bin/setup/machine-packages.mjs';
import {reasonOf, run} from '#bin/setup/processes.mjs';
import {findProgram} from '#drivers/process/find-program.ts';
import {provideStage, type StageRecipe, stageFolder} from '#test/support/tiers/cached-stage.ts';
import {alone, endOf, startTied} from '#test/support/tiers/children.ts';
import {startKeeper} from '#test/support/tiers/keeper.ts';
import {makeWorkFolder} from '#test/support/tiers/work-folder.ts';

/** A folder made by somebody, or why there is none. */
export type Provided = {readonly folder: string} | {readonly lack: string};

const SUITE = 'trixie';

const PACKAGES = [
  ...['systemd', 'systemd-sysv', 'dbus', 'udev', 'systemd-container', 'login', 'kmod', 'procps'],
  ...['iproute2', 'nftables', 'usbutils', 'busybox-static', 'socat', 'nix-bin'],
] as const;

/** Nobody reads manuals here; a root that is thrown away needs no fsync. */
const OPTIONS = [
  ...['doc', 'man', 'locale', 'info'].map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`),
  '--dpkgopt=force-unsafe-io',
  '--aptopt=Acquire::Languages "none"',
] as const;

/** The recipe of a Debian with systemd 257, udev, machined, nftables and Nix, for box and VM. */
export const debianRootRecipe = async (): Promise<StageRecipe> => ({
  name: 'debian',
  architecture: await readArchitecture(),
  parts: {suite: SUITE, packages: PACKAGES, options: OPTIONS, revision: 1},
});

/** Finds the root in the cache, or makes it (60 s, 230 MB), which needs root and apt. */
export async function provideDebianRoot(env: NodeJS.ProcessEnv = process.env): Promise<Provided> {
  const recipe = await debianRootRecipe();
  try {
    return {folder: await provideStage(recipe, build, env)};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {lack: `no Debian root in ${stageFolder(recipe, env)}, and none can be made: ${reason}`};
  }
}

async function build(folder: string): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('it takes root, once');
  const source = findDebianSource();
  if ('lack' in source) throw new Error(source.lack);
  await needPrograms({mmdebstrap: 'mmdebstrap'});
  const reasons: string[] = [];
  for (const uri of source.mirrors) {
    const made = await makeRoot({uri, keyring: source.keyring, path: join(folder, 'root')});
    if (made.code === 0) return;
    reasons.push(`mmdebstrap: ${reasonOf(made)}`);
  }
  throw new Error(reasons[0]);
}

/** dpkg syncs whatever it is told; in memory that costs nothing: 60 s instead of 140. */
async function makeRoot({
  uri,
  keyring,
  path,
}: {
  readonly uri: string;
  readonly keyring: string;
  readonly path: string;
}) {
  const folder = makeWorkFolder(join(path, '..'));
  const keeper = startKeeper('exec rm -rf --one-file-system "$@"', folder);
  try {
    const [file, args] = alone(
      'mmdebstrap',
      ...[
        ...['--variant=minbase', '--mode=root', '--components=main', '--quiet', ...OPTIONS],
        ...[`--keyring=${keyring}`, `--include=${PACKAGES.join(',')}`],
        ...[SUITE, join(folder, 'root'), uri],
      ],
    );
    const made = await endOf(startTied(file, args));
    return made.code === 0 ? await run('cp', ['-a', join(folder, 'root'), path]) : made;
  } finally {
    await keeper.release();
  }
}

/** Programs of this machine, each with the package that brings it: what is missing is installed. */
export async function needPrograms(programs: Readonly<Record<string, string>>): Promise<void> {
  const missing = Object.entries(programs).filter(([name]) => findProgram(name) === undefined);
  if (missing.length === 0) return;
  const reason = await installPackages([...new Set(missing.map(([, name]) => name))]);
  if (reason !== undefined) throw new Error(reason);
}
