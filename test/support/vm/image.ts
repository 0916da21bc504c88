import {createHash} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

import {readArchitecture} from '#bin/setup/debian-source.mjs';
import {findNatsServer} from '#drivers/nats-server/find-server.ts';
import {debianRootRecipe, needPrograms, provideDebianRoot} from '#test/support/debian/root.ts';
import {provideStage, type StageRecipe, stageFolder} from '#test/support/tiers/cached-stage.ts';
import {alone, runTied} from '#test/support/tiers/children.ts';
import {startKeeper} from '#test/support/tiers/keeper.ts';
import {makeWorkFolder} from '#test/support/tiers/work-folder.ts';
import {keepGuest} from './keep.ts';
import {printQemuArgs, QEMU} from './qemu.ts';

/** The folder with a guest that has booted, or why there is none. */
export type ProvidedGuest = {readonly folder: string} | {readonly lack: string};

/** What a guest needs of this machine, with the packages that bring it. */
const PROGRAMS = {[QEMU]: 'qemu-system-x86', 'qemu-img': 'qemu-utils'} as const;

/** Paths that are not those of any guest. */
const ANYWHERE = {image: 'IMAGE', disk: 'DISK', seed: 'SEED', memory: 'MEMORY', folder: 'FOLDER'};

const GUEST = join(import.meta.dirname, 'guest');
const MAKE_IMAGE = join(import.meta.dirname, 'make-image.sh');

/**
 * Finds a guest that has booted in the cache, or makes one (90 s, 0.8 GB), which needs root and
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
      machine: printQemuArgs({...ANYWHERE, isMemoryShared: true}),
    },
  };
}

async function build(folder: string): Promise<void> {
  const debian = await provideDebianRoot();
  if ('lack' in debian) throw new Error(debian.lack);
  const work = makeWorkFolder(folder);
  const keeper = startKeeper('exec rm -rf --one-file-system "$@"', work);
  try {
    const {path: natsServer} = await findNatsServer(process.env);
    const words = [join(debian.folder, 'root'), GUEST, process.execPath, natsServer, folder, work];
    const [file, args] = alone('sh', MAKE_IMAGE, ...words);
    await runTied(file, ...args);
  } finally {
    await keeper.release();
  }
  await keepGuest({image: folder, from: undefined, folder}, async ({control}) => {
    await control.run('systemctl is-system-running --wait; systemctl start systemd-tmpfiles-clean');
  });
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
