import {belongingOf} from './cgroup.ts';
import {linkOf, namesIn, readText} from './read-file.ts';

/** Another mount or network namespace than ours, by one of its processes. */
export interface Foreign {
  readonly pid: string;
  /** null: a service of the host with a namespace of its own. */
  readonly container: string | null;
  readonly unit: string | null;
}

/** The namespaces of a machine as far as we may look. */
export interface Namespaces {
  readonly mounts: readonly Foreign[];
  readonly networks: readonly Foreign[];
  readonly isComplete: boolean;
}

/** One process stands for each namespace that is not ours. */
export function readNamespaces(pids: readonly string[], procRoot: string): Namespaces {
  const own = {mnt: linkOf(`${procRoot}/self/ns/mnt`), net: linkOf(`${procRoot}/self/ns/net`)};
  const found = {mnt: new Map<string, Foreign>(), net: new Map<string, Foreign>()};
  let isComplete = true;
  for (const pid of pids) {
    for (const kind of ['mnt', 'net'] as const) {
      const name = linkOf(`${procRoot}/${pid}/ns/${kind}`);
      isComplete &&= name !== undefined || namesIn(`${procRoot}/${pid}/ns`) !== 'refused';
      if (name !== undefined && name !== own[kind] && !found[kind].has(name)) {
        found[kind].set(name, foreignOf(pid, procRoot));
      }
    }
  }
  return {mounts: [...found.mnt.values()], networks: [...found.net.values()], isComplete};
}

const foreignOf = (pid: string, procRoot: string): Foreign => ({
  pid,
  ...belongingOf(readText(`${procRoot}/${pid}/cgroup`) ?? ''),
});

/** Hardware addresses of the interfaces in other network namespaces, each with whose it is. */
export function readForeignLinks(
  {networks}: Namespaces,
  procRoot: string,
): ReadonlyMap<string, Foreign> {
  const byAddress = new Map<string, Foreign>();
  for (const foreign of networks) {
    const folder = `${procRoot}/${foreign.pid}/root/sys/class/net`;
    const names = namesIn(folder);
    for (const name of typeof names === 'string' ? [] : names) {
      const address = readText(`${folder}/${name}/address`)?.trim();
      if (address !== undefined && address !== '') {
        byAddress.set(address, foreign);
      }
    }
  }
  return byAddress;
}
