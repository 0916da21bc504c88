import {join} from 'node:path';

import {needPrograms, provideDebianRoot} from '#test/support/debian/root.ts';

/** The root that boxes boot from, or why there can be none. */
export type BoxGround = {readonly root: string} | {readonly lack: string};

/** What a box needs of this machine, with the packages that bring it. */
const PROGRAMS = {
  'systemd-nspawn': 'systemd-container',
  nsenter: 'util-linux',
  ip: 'iproute2',
  nft: 'nftables',
} as const;

/** Makes sure that boxes can be booted here; installs and builds what is missing, as root. */
export async function provideBoxRoot(): Promise<BoxGround> {
  if (process.getuid?.() !== 0) return {lack: 'a box takes root: it boots a systemd'};
  const provided = await provideDebianRoot();
  if ('lack' in provided) return provided;
  try {
    await needPrograms(PROGRAMS);
  } catch (error) {
    return {lack: error instanceof Error ? error.message : String(error)};
  }
  return {root: join(provided.folder, 'root')};
}
