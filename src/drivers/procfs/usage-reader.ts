import type {UsageQuestion, UsageReader} from '#contracts/usage-reader.ts';
import type {PortUser, UsingProcess} from '#domain/port/user.ts';
import {createMounts, type DiskUse} from './mounts.ts';
import {type OpenNodes, readOpenNodes} from './open-nodes.ts';
import {createRoutes, type LinkUse} from './routes.ts';

export interface UsageReaderOptions {
  readonly procRoot?: string | undefined;
  readonly sysRoot?: string | undefined;
}

/** Who uses what, from procfs: mounts, swap, routes and the open files of all processes. */
export function createUsageReader({
  procRoot = '/proc',
  sysRoot = '/sys',
}: UsageReaderOptions = {}): UsageReader {
  return {
    async read(questions, signal) {
      const nodes = new Set(questions.flatMap((question) => question.nodes));
      const open =
        nodes.size === 0
          ? {byNode: new Map<string, readonly UsingProcess[]>(), isComplete: true}
          : await readOpenNodes(nodes, procRoot, signal);
      const diskUse = createMounts({procRoot, sysRoot});
      const linkUse = createRoutes(procRoot);
      const seenAt = new Date().toISOString();
      return Object.fromEntries(
        questions.map((question) => {
          const disks = question.nodes.map(diskUse);
          const links = question.interfaces.map((name) => ({name, use: linkUse(name)}));
          return [question.portId, {...userOf({question, disks, links, open}), seenAt}];
        }),
      );
    },
  };
}

interface Evidence {
  readonly question: UsageQuestion;
  readonly disks: readonly DiskUse[];
  readonly links: readonly {readonly name: string; readonly use: LinkUse}[];
  readonly open: OpenNodes;
}

/** `free` only where everything could be looked at. */
function userOf({question, disks, links, open}: Evidence): Omit<PortUser, 'seenAt'> {
  const places = disks.flatMap((disk) => disk.places);
  const route =
    links.find(({use}) => use === 'default route') ?? links.find(({use}) => use !== 'none');
  const processes = question.nodes.flatMap((node) => open.byNode.get(node) ?? []);
  const [first] = processes;
  const marks = [
    ...(disks.some(({isBoot}) => isBoot) ? (['boot'] as const) : []),
    ...(route?.use === 'default route' ? (['route'] as const) : []),
    ...(places.length > 0 ? (['mount'] as const) : []),
  ];
  const name = places[0] ?? (route === undefined ? undefined : 'route');
  if (name !== undefined) {
    return {kind: 'host', name, unit: null, processes, marks};
  }
  if (first !== undefined) {
    const container = containerOf(first.unit);
    const kind = container === undefined ? 'host' : 'container';
    return {kind, name: container ?? first.name, unit: first.unit, processes, marks};
  }
  const isSure = question.nodes.length === 0 || open.isComplete;
  return {kind: isSure ? 'free' : 'unknown', name: null, unit: null, processes, marks};
}

/** systemd's names for the unit that a container's processes are in. */
function containerOf(unit: string | null): string | undefined {
  const [, name] =
    /^(?:container@|systemd-nspawn@|machine-)(.+)\.(?:service|scope)$/.exec(unit ?? '') ?? [];
  return name?.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
