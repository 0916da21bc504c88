import {join} from 'node:path';

import {
  copySparsely,
  type Guest,
  KEPT,
  type KeptGuest,
  quote,
  shareMemory,
  startGuest,
  untilMigrated,
} from './guest.ts';

/** Starts a guest, has it prepared, and keeps it in a folder as it is then. */
export async function keepGuest(
  {folder, ...kept}: KeptGuest & {readonly folder: string},
  prepare: (guest: Guest) => Promise<void>,
): Promise<void> {
  const guest = await startGuest({...kept, isToKeep: true});
  try {
    await prepare(guest);
    await guest.control.run('sync');
    await shareMemory(guest.qmp);
    await guest.qmp.execute('stop');
    await guest.qmp.execute('migrate', {uri: `exec:cat >${quote(join(folder, KEPT.state))}`});
    await untilMigrated(guest.qmp);
    await guest.cut();
    await copySparsely(join(guest.folder, KEPT.memory), join(folder, KEPT.memory));
    await copySparsely(guest.disk, join(folder, KEPT.disk));
  } finally {
    await guest.stop();
  }
}
