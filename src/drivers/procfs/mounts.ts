import type {Foreign} from './namespaces.ts';
import {namesIn, readText} from './read-file.ts';

/** What of a disk is mounted or swapped to. */
export interface DiskUse {
  /** Mount points, shortest first; `swap` for swap space. */
  readonly places: readonly string[];
  /** It holds what the machine starts or runs from. */
  readonly isBoot: boolean;
  /** Who has it mounted, where not the host's own namespace has. */
  readonly foreign: Foreign | null;
}

export interface MountRoots {
  readonly procRoot: string;
  readonly sysRoot: string;
  readonly runRoot: string;
  /** Other mount namespaces. */
  readonly foreign: readonly Foreign[];
}

const BOOT = /^(?:\/|\/boot(?:\/.*)?|\/efi|\/usr|\/nix(?:\/store)?)$/;

/** Tells what of a disk node is in use: itself, its partitions, and what dm and md make of them. */
export function createMounts({
  procRoot,
  sysRoot,
  runRoot,
  foreign,
}: MountRoots): (node: string) => DiskUse {
  const mounted = mountsByDevice(readText(`${procRoot}/self/mountinfo`) ?? '');
  let read: readonly {namespace: Foreign; mounted: Mounts}[] | undefined;
  const elsewhere = () => {
    read ??= foreign.map((namespace) => ({
      namespace,
      mounted: mountsByDevice(readText(`${procRoot}/${namespace.pid}/mountinfo`) ?? ''),
    }));
    return read;
  };
  const swaps = (readText(`${procRoot}/swaps`) ?? '').split('\n').slice(1);
  const pools = poolsOf(sysRoot);
  const placesIn = (names: readonly string[], mounts: Mounts): readonly string[] => {
    const places = names.flatMap((name) => {
      const number = readText(`${sysRoot}/class/block/${name}/dev`)?.trim() ?? '';
      const keys = [number, `/dev/${name}`, ...pooledAs(number, runRoot)];
      return keys.flatMap((key) => mounts.get(key) ?? []);
    });
    return [...new Set(places)].toSorted((a, b) => a.length - b.length);
  };
  return (node) => {
    const names = partsOf(node.slice(node.lastIndexOf('/') + 1), sysRoot, pools);
    const isSwap = names.some((name) =>
      swaps.some((line) => line.split(/\s+/)[0] === `/dev/${name}`),
    );
    const own = [...placesIn(names, mounted), ...(isSwap ? ['swap'] : [])];
    const other =
      own.length > 0
        ? undefined
        : elsewhere().find((each) => placesIn(names, each.mounted).length > 0);
    return {
      places: other === undefined ? own : placesIn(names, other.mounted),
      isBoot: own.some((place) => BOOT.test(place)),
      foreign: other?.namespace ?? null,
    };
  };
}

/**
 * File systems over many disks that name none of them: each disk that is part of such a one is taken
 * to be part of all that are mounted, since what is in use is never told as free.
 */
const POOLED: Readonly<Record<string, string>> = {zfs_member: 'zfs', bcachefs: 'bcachefs'};

/** By what udev has read on the disk. */
function pooledAs(number: string, runRoot: string): readonly string[] {
  const record = number === '' ? undefined : readText(`${runRoot}/udev/data/b${number}`);
  const type = POOLED[/^E:ID_FS_TYPE=(.+)$/m.exec(record ?? '')?.[1] ?? ''];
  return type === undefined ? [] : [`type ${type}`];
}

/** Block devices that one btrfs keeps its data on: it is mounted from one of them in name only. */
const poolsOf = (sysRoot: string): readonly (readonly string[])[] =>
  listOf(`${sysRoot}/fs/btrfs`).map((id) => listOf(`${sysRoot}/fs/btrfs/${id}/devices`));

/** A disk, its partitions, and whatever is made of one of them (dm, md, a pool), to any depth. */
function partsOf(
  name: string,
  sysRoot: string,
  pools: readonly (readonly string[])[],
): readonly string[] {
  const found = new Set<string>();
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!found.has(next)) {
      found.add(next);
      const folder = `${sysRoot}/class/block/${next}`;
      const prefix = next;
      waiting.push(...listOf(folder).filter((entry) => entry.startsWith(prefix)));
      waiting.push(...listOf(`${folder}/holders`));
      waiting.push(...(pools.find((pool) => pool.includes(prefix)) ?? []));
    }
  }
  return [...found];
}

const listOf = (folder: string): readonly string[] => {
  const names = namesIn(folder);
  return typeof names === 'string' ? [] : names;
};

type Mounts = ReadonlyMap<string, readonly string[]>;

/** Mount points by `major:minor`, by source for file systems that make up a number, and by type. */
function mountsByDevice(text: string): Mounts {
  const byDevice = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [fields = '', source = ''] = line.split(' - ');
    const [, , number, , point] = fields.split(' ');
    if (number !== undefined && point !== undefined) {
      const place = unescapeOctal(point);
      const [type = '', from = ''] = source.split(' ');
      for (const key of [number, from, `type ${type}`]) {
        byDevice.set(key, [...(byDevice.get(key) ?? []), place]);
      }
    }
  }
  return byDevice;
}

/** mountinfo writes a space as `\040`. */
const unescapeOctal = (text: string): string =>
  text.replace(/\\(\d{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
