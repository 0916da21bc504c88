import {namesIn, readText} from './read-file.ts';

/** What of a disk is mounted or swapped to. */
export interface DiskUse {
  /** Mount points, shortest first; `swap` for swap space. */
  readonly places: readonly string[];
  /** It holds what the machine starts or runs from. */
  readonly isBoot: boolean;
}

export interface MountRoots {
  readonly procRoot: string;
  readonly sysRoot: string;
}

const BOOT = /^(?:\/|\/boot(?:\/.*)?|\/efi|\/usr|\/nix(?:\/store)?)$/;

/** Tells what of a disk node is in use: itself, its partitions, and what dm and md make of them. */
export function createMounts({procRoot, sysRoot}: MountRoots): (node: string) => DiskUse {
  const mounted = mountsByDevice(readText(`${procRoot}/self/mountinfo`) ?? '');
  const swaps = (readText(`${procRoot}/swaps`) ?? '').split('\n').slice(1);
  return (node) => {
    const names = partsOf(node.slice(node.lastIndexOf('/') + 1), sysRoot);
    const places = names.flatMap((name) => {
      const number = readText(`${sysRoot}/class/block/${name}/dev`)?.trim() ?? '';
      const isSwap = swaps.some((line) => line.split(/\s+/)[0] === `/dev/${name}`);
      const own = [...(mounted.get(number) ?? []), ...(mounted.get(`/dev/${name}`) ?? [])];
      return isSwap ? [...own, 'swap'] : own;
    });
    const unique = [...new Set(places)].toSorted((a, b) => a.length - b.length);
    return {places: unique, isBoot: unique.some((place) => BOOT.test(place))};
  };
}

/** A disk, its partitions, and whatever holds one of them, to any depth. */
function partsOf(name: string, sysRoot: string): readonly string[] {
  const found = new Set<string>();
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!found.has(next)) {
      found.add(next);
      const folder = `${sysRoot}/class/block/${next}`;
      const prefix = next;
      waiting.push(...listOf(folder).filter((entry) => entry.startsWith(prefix)));
      waiting.push(...listOf(`${folder}/holders`));
    }
  }
  return [...found];
}

const listOf = (folder: string): readonly string[] => {
  const names = namesIn(folder);
  return typeof names === 'string' ? [] : names;
};

/** Mount points by `major:minor`, and by source for file systems that make up a number. */
function mountsByDevice(text: string): ReadonlyMap<string, readonly string[]> {
  const byDevice = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [fields = '', source = ''] = line.split(' - ');
    const [, , number, , point] = fields.split(' ');
    if (number !== undefined && point !== undefined) {
      const place = unescapeOctal(point);
      for (const key of [number, source.split(' ')[1] ?? '']) {
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
