import {createHash} from 'node:crypto';
import {mkdtempSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';

import {readArchitecture} from '#bin/setup/debian-source.mjs';
import {findNatsServer} from '#drivers/nats-server/find-server.ts';
import {debianRootRecipe, needPrograms, provideDebianRoot} from '#test/support/debian/root.ts';
import {provideStage, type StageRecipe, stageFolder} from '#test/support/tiers/cached-stage.ts';
import {runTied} from '#test/support/tiers/children.ts';
import {startKeeper} from '#test/support/tiers/keeper.ts';
import {keepGuest} from './keep.ts';
import {MACHINE, QEMU} from './qemu.ts';

/** The folder with a guest that has booted, or why there is none. */
export type ProvidedGuest = {readonly folder: string} | {readonly lack: string};

/** What a guest needs of this machine, with the packages that bring it. */
const PROGRAMS = {[QEMU]: 'qemu-system-x86', 'qemu-img': 'qemu-utils'} as const;

const GUEST = join(import.meta.dirname, 'guest');
const MAKE_IMAGE = join(import.meta.dirname, 'make-image.sh');

/**
 * Finds a guest that has booted in the cache, or makes one (2 min, 1.1 GB), which needs root and
 * apt. Any user may start one that is there.
 */
export async function provideBase(env: NodeJS.ProcessEnv = process.env): Promise<ProvidedGuest> {
  if (process.arch !== 'x64')
    return {lack: `the guest is made for x64, and this is ${process.arch}`};
  try {
    await needPrograms(PROGRAMS);
  } catch (error) {
    return {lack: `no QEMU: ${wordsOf(error)}`};
  }
  const recipe = await baseRecipe();
  try {
    return {folder: await provideStage(recipe, build, env)};
  } catch (error) {
    const place = stageFolder(recipe, env);
    return {lack: `no guest in ${place}, and none can be made: ${wordsOf(error)}`};
  }
}

/** All that decides what the guest is: its Debian, what lies in it, and the QEMU that it ran on. */
export async function baseRecipe(): Promise<StageRecipe> {
  const files = [...readdirSync(GUEST).map((name) => join(GUEST, name)), MAKE_IMAGE];
  const hash = createHash('sha256');
  for (const path of files.sort()) hash.update(readFileSync(path)).update('\0');
  const nats = await findNatsServer(process.env);
  return {
    name: 'vm',
    architecture: await readArchitecture(),
    parts: {
      debian: (await debianRootRecipe()).parts,
      files: hash.digest('hex'),
      node: process.version,
      nats: nats.version,
      qemu: await runTied(QEMU, '--version'),
      machine: MACHINE,
    },
  };
}

async function build(folder: string): Promise<void> {
  const debian = await provideDebianRoot();
  if ('lack' in debian) throw new Error(debian.lack);
  const work = mkdtempSync('/dev/shm/cim-image-');
  const keeper = startKeeper('exec rm -rf "$@"', work);
  try {
    const {path: natsServer} = await findNatsServer(process.env);
    const words = [join(debian.folder, 'root'), GUEST, process.execPath, natsServer, folder, work];
    await runTied('unshare', '--mount', 'sh', MAKE_IMAGE, ...words);
  } finally {
    await keeper.release();
  }
  await keepGuest({image: folder, from: undefined, folder}, async ({control}) => {
    await control.run('systemctl is-system-running --wait; systemctl start systemd-tmpfiles-clean');
  });
}

/** Bytes on disk of all files in a folder. */
export const sizeOf = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).blocks * 512, 0);

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
