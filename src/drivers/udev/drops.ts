import {readdirSync} from 'node:fs';

import {readLink, readSmallFile} from './read-file.ts';

/** NETLINK_KOBJECT_UEVENT. */
const UEVENTS = '15';

/** Reads how many uevents the kernel had to drop for one process, since it opened its sockets. */
export interface DropCounter {
  total(): number;
}

/** Counts over the uevent sockets of a process, which are found once: it opens them at its start. */
export function createDropCounter(pid: number, procRoot: string): DropCounter {
  const inodes = socketsOf(pid, procRoot);
  return {
    total() {
      const rows = (readSmallFile(`${procRoot}/net/netlink`) ?? '').split('\n');
      return rows.reduce((sum, row) => sum + dropsIn(row, inodes), 0);
    },
  };
}

/** Columns: sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode. */
function dropsIn(row: string, inodes: ReadonlySet<string>): number {
  const [, protocol, , , , , , , drops = '0', inode = ''] = row.trim().split(/\s+/);
  return protocol === UEVENTS && inodes.has(inode) ? Number(drops) : 0;
}

function socketsOf(pid: number, procRoot: string): ReadonlySet<string> {
  const folder = `${procRoot}/${pid}/fd`;
  const inodes = filesIn(folder).flatMap((fd) => {
    const [, inode] = /^socket:\[(\d+)\]$/.exec(readLink(`${folder}/${fd}`) ?? '') ?? [];
    return inode ?? [];
  });
  return new Set(inodes);
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // it has ended already: there is nothing left to count
  }
}
