import type {UsageQuestion, UsageReader} from '#contracts/usage-reader.ts';
import type {PortUser} from '#domain/port/user.ts';
import {createMounts, type DiskUse} from './mounts.ts';
import {type Foreign, type ForeignLink, readForeignLinks, readNamespaces} from './namespaces.ts';
import {type OpenNodes, pidsIn, readOpenNodes} from './open-nodes.ts';
import {createPeople} from './people.ts';
import {createRoutes, type LinkUse} from './routes.ts';
import {createUppers} from './uppers.ts';

export interface UsageReaderOptions {
  readonly procRoot?: string | undefined;
  readonly sysRoot?: string | undefined;
  readonly runRoot?: string | undefined;
}

/**
 * Who uses what, from procfs: mounts and swap through all that is made of a disk, routes, the open
 * files of all processes, and what other namespaces have mounted or were given.
 */
export function createUsageReader({
  procRoot = '/proc',
  sysRoot = '/sys',
  runRoot = '/run',
}: UsageReaderOptions = {}): UsageReader {
  return {
    async read(questions, signal) {
      const nodes = new Set(questions.flatMap((question) => question.nodes));
      const pids = pidsIn(procRoot);
      const people = createPeople(procRoot, runRoot);
      const open =
        nodes.size === 0
          ? {byNode: new Map(), isComplete: true}
          : await readOpenNodes(nodes, {pids, procRoot, people, signal});
      const namespaces = readNamespaces(pids, procRoot);
      const moved = ownersOf(readForeignLinks(namespaces, {procRoot, sysRoot}), questions);
      const diskUse = createMounts({procRoot, sysRoot, runRoot, foreign: namespaces.mounts});
      const linkUse = createRoutes(procRoot);
      const uppersOf = createUppers(sysRoot);
      const asked = new Set(questions.flatMap(({interfaces}) => interfaces));
      /** What goes through what stands on it is its own use, where that has no port of its own. */
      const usesOf = (name: string): readonly LinkUse[] =>
        [name, ...uppersOf(name).filter((upper) => !asked.has(upper))].map(linkUse);
      const seenAt = new Date().toISOString();
      const {isComplete} = namespaces;
      return Object.fromEntries(
        questions.map((question) => {
          const evidence = {
            question,
            disks: question.nodes.map(diskUse),
            uses: question.interfaces.flatMap(usesOf),
            carries: question.interfaces.flatMap(uppersOf),
            moved: moved.get(question.portId),
            open: {...open, isComplete: open.isComplete && isComplete},
          };
          return [question.portId, {...userOf(evidence), seenAt}];
        }),
      );
    },
  };
}

interface Evidence {
  readonly question: UsageQuestion;
  readonly disks: readonly DiskUse[];
  readonly uses: readonly LinkUse[];
  readonly carries: readonly string[];
  /** Who has an interface of it that is not ours any more. */
  readonly moved: Foreign | undefined;
  readonly open: OpenNodes;
}

type Told = Omit<PortUser, 'seenAt'>;

/** `free` only where everything could be looked at. */
function userOf(evidence: Evidence): Told {
  const {question, disks, uses, carries, open} = evidence;
  const opened = question.nodes.flatMap((node) => open.byNode.get(node) ?? []);
  const [first] = opened;
  const processes = opened.map(({process}) => process);
  const marks = marksOf(disks, uses);
  const common = {processes, marks, ...(carries.length > 0 ? {carries} : {})};
  const holder = holderOf(evidence);
  if (holder !== undefined) {
    return {...holder, ...common};
  }
  if (first !== undefined) {
    const {container, process} = first;
    const kind = container === null ? 'host' : 'container';
    return {kind, name: container ?? process.name, unit: process.unit, ...common};
  }
  const isLocal = question.nodes.length === 0 && question.isAway !== true;
  const kind = isLocal || open.isComplete ? 'free' : 'unknown';
  return {kind, name: null, unit: null, ...common};
}

function marksOf(disks: readonly DiskUse[], uses: readonly LinkUse[]): Told['marks'] {
  return [
    ...(disks.some(({isBoot}) => isBoot) ? (['boot'] as const) : []),
    ...(uses.includes('default route') ? (['route'] as const) : []),
    ...(disks.some(({places}) => places.length > 0) ? (['mount'] as const) : []),
  ];
}

/** Who holds it without having a file open: mounts, routes, interfaces that were moved. */
function holderOf({
  disks,
  uses,
  carries: [upper],
  moved,
}: Evidence): Pick<Told, 'kind' | 'name' | 'unit'> | undefined {
  const disk = disks.find(({places}) => places.length > 0);
  if (disk !== undefined) {
    return {...ownerOf(disk.foreign), name: disk.foreign?.container ?? disk.places[0] ?? null};
  }
  if (uses.some((use) => use !== 'none')) {
    return {kind: 'host', name: 'route', unit: null};
  }
  if (upper !== undefined) {
    return {kind: 'host', name: upper, unit: null};
  }
  return moved === undefined
    ? undefined
    : {...ownerOf(moved), name: moved.container ?? moved.unit ?? 'network namespace'};
}

/** By port: the unit that an interface belongs to is the nearest above it. */
function ownersOf(
  links: readonly ForeignLink[],
  questions: readonly UsageQuestion[],
): ReadonlyMap<string, Foreign> {
  const ports = new Map(
    questions.flatMap(({portId, devpaths = []}) => devpaths.map((path) => [path, portId] as const)),
  );
  const owners = new Map<string, Foreign>();
  for (const {devpath, foreign} of links) {
    const portId = nearestAbove(devpath, ports);
    if (portId !== undefined) {
      owners.set(portId, foreign);
    }
  }
  return owners;
}

function nearestAbove(devpath: string, ports: ReadonlyMap<string, string>): string | undefined {
  for (let at = devpath.lastIndexOf('/'); at > 0; at = devpath.lastIndexOf('/', at - 1)) {
    const portId = ports.get(devpath.slice(0, at));
    if (portId !== undefined) {
      return portId;
    }
  }
  return undefined;
}

const ownerOf = (foreign: Foreign | null): Pick<Told, 'kind' | 'unit'> => ({
  kind: foreign === null || foreign.container === null ? 'host' : 'container',
  unit: foreign?.unit ?? null,
});
