import {setImmediate as nextTurn} from 'node:timers/promises';

import type {UsingProcess} from '#domain/port/user.ts';
import {linkOf, namesIn, ownerOf, readText} from './read-file.ts';

/** Who has which node open, and whether every process could be looked at. */
export interface OpenNodes {
  readonly byNode: ReadonlyMap<string, readonly UsingProcess[]>;
  readonly isComplete: boolean;
}

/** Work is cut into slices of this length, so that nothing else waits for it. */
const SLICE_MS = 2;

/** Looks through the open files of all processes for some nodes. */
export async function readOpenNodes(
  nodes: ReadonlySet<string>,
  procRoot: string,
  signal: AbortSignal,
): Promise<OpenNodes> {
  const byNode = new Map<string, UsingProcess[]>();
  const userName = createUserNames();
  let isComplete = true;
  let sliceMs = performance.now();
  for (const pid of pidsIn(procRoot)) {
    const open = openNodesOf(pid, nodes, procRoot);
    if (open === 'refused') {
      isComplete = false;
    } else {
      for (const node of open) {
        const process = describe(Number(pid), procRoot, userName);
        byNode.set(node, [...(byNode.get(node) ?? []), process]);
      }
    }
    if (performance.now() - sliceMs > SLICE_MS) {
      await nextTurn();
      signal.throwIfAborted();
      sliceMs = performance.now();
    }
  }
  return {byNode, isComplete};
}

function openNodesOf(
  pid: string,
  nodes: ReadonlySet<string>,
  procRoot: string,
): readonly string[] | 'refused' {
  const folder = `${procRoot}/${pid}/fd`;
  const files = namesIn(folder);
  if (files === 'refused') {
    return 'refused';
  }
  const targets = files === 'gone' ? [] : files.map((file) => linkOf(`${folder}/${file}`) ?? '');
  return [...new Set(targets)].filter((target) => nodes.has(target));
}

function describe(
  pid: number,
  procRoot: string,
  userName: (uid: number | undefined) => string,
): UsingProcess {
  const folder = `${procRoot}/${pid}`;
  return {
    pid,
    name: readText(`${folder}/comm`)?.trim() ?? '?',
    user: userName(ownerOf(folder)),
    unit: unitOf(readText(`${folder}/cgroup`) ?? ''),
  };
}

/** The innermost systemd unit of a cgroup path, of the unified hierarchy or of systemd's own. */
export function unitOf(cgroup: string): string | null {
  const line = cgroup.split('\n').find((each) => /^\d+:(?:name=systemd)?:/.test(each)) ?? '';
  const units = line
    .slice(line.indexOf('/'))
    .split('/')
    .filter((part) => /\.(?:service|scope)$/.test(part));
  return units.at(-1) ?? null;
}

function createUserNames(): (uid: number | undefined) => string {
  const names = new Map<string, string>();
  for (const line of (readText('/etc/passwd') ?? '').split('\n')) {
    const [name, , uid] = line.split(':');
    if (name !== undefined && uid !== undefined) {
      names.set(uid, name);
    }
  }
  return (uid) => (uid === undefined ? '?' : (names.get(String(uid)) ?? String(uid)));
}

function pidsIn(procRoot: string): readonly string[] {
  const names = namesIn(procRoot);
  return typeof names === 'string' ? [] : names.filter((name) => /^\d+$/.test(name));
}
