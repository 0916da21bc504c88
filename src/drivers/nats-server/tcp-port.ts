import {readdir, readFile, readlink} from 'node:fs/promises';
import {createServer} from 'node:net';

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Where a leaf's own server listens: 4222, else the next free one. */
export const LEAF_PORTS: PortRange = {first: 4222, last: 4299};

/** First TCP port of the range that nobody listens on, at loopback. */
export async function findFreePort({first, last}: PortRange): Promise<number | undefined> {
  for (let tcpPort = first; tcpPort <= last; tcpPort += 1) {
    if (await isFree(tcpPort)) {
      return tcpPort;
    }
  }
  return undefined;
}

/** True when a server could listen on this TCP port of loopback now. */
export function isFree(tcpPort: number): Promise<boolean> {
  const {promise, resolve} = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => resolve(false));
  server.listen({host: '127.0.0.1', port: tcpPort, exclusive: true}, () =>
    server.close(() => resolve(true)),
  );
  return promise;
}

/** Process that listens on a TCP port, where /proc lets us see it. */
export async function findListener(tcpPort: number): Promise<number | undefined> {
  const inode = await listeningInode(tcpPort);
  if (inode === undefined) {
    return undefined;
  }
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    if (await holdsSocket(pid, inode)) {
      return Number(pid);
    }
  }
  return undefined;
}

async function listeningInode(tcpPort: number): Promise<string | undefined> {
  const suffix = `:${tcpPort.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of (await readText(table)).split('\n')) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (local?.endsWith(suffix) && state === '0A') {
        return inode;
      }
    }
  }
  return undefined;
}

async function holdsSocket(pid: string, inode: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  try {
    for (const name of await readdir(folder)) {
      if ((await readlink(`${folder}/${name}`)) === `socket:[${inode}]`) {
        return true;
      }
    }
  } catch {
    return false; // another user's process, or gone meanwhile
  }
  return false;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return ''; // no such table on this kernel
  }
}
