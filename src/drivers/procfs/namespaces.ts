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

/** An interface in another network namespace, and whose it is. */
export interface ForeignLink {
  readonly devpath: string;
  readonly foreign: Foreign;
}

/** Where each namespace has a sysfs of its own; one that shares ours shows our interfaces there. */
export function readForeignLinks(
  {networks}: Namespaces,
  {procRoot, sysRoot}: {readonly procRoot: string; readonly sysRoot: string},
): readonly ForeignLink[] {
  const own = networks.length === 0 ? [] : linksIn(sysRoot);
  return networks.flatMap((foreign) =>
    linksIn(`${procRoot}/${foreign.pid}/root/sys`)
      .filter((devpath) => !own.includes(devpath))
      .map((devpath) => ({devpath, foreign})),
  );
}

/** Devpaths of the interfaces that a sysfs shows. */
function linksIn(sysRoot: string): readonly string[] {
  const folder = `${sysRoot}/class/net`;
  const names = namesIn(folder);
  return typeof names === 'string'
    ? []
    : names.flatMap((name) => {
        const target = linkOf(`${folder}/${name}`);
        return target === undefined ? [] : target.slice(Math.max(target.indexOf('/devices/'), 0));
      });
}
