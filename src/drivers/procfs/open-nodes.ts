import {setImmediate as nextTurn} from 'node:timers/promises';

import type {UsingProcess} from '#domain/port/user.ts';
import {belongingOf} from './cgroup.ts';
import type {People} from './people.ts';
import {linkOf, namesIn, ownerOf, readText} from './read-file.ts';

/** A process with the container it runs in. */
export interface OpenProcess {
  readonly process: UsingProcess;
  readonly container: string | null;
}

/** Who has which node open, and whether every process could be looked at. */
export interface OpenNodes {
  readonly byNode: ReadonlyMap<string, readonly OpenProcess[]>;
  readonly isComplete: boolean;
}

/** Work is cut into slices of this length, so that nothing else waits for it. */
const SLICE_MS = 2;

export interface OpenNodesOptions {
  readonly pids: readonly string[];
  readonly procRoot: string;
  readonly people: People;
  readonly signal: AbortSignal;
}

/** Looks through the open files of processes for some nodes. */
export async function readOpenNodes(
  nodes: ReadonlySet<string>,
  {pids, procRoot, people, signal}: OpenNodesOptions,
): Promise<OpenNodes> {
  const byNode = new Map<string, OpenProcess[]>();
  let isComplete = true;
  let sliceMs = performance.now();
  for (const pid of pids) {
    const open = openNodesOf(pid, nodes, procRoot);
    if (open === 'refused') {
      isComplete = false;
    } else {
      for (const node of open) {
        const process = describe(pid, procRoot, people);
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

function describe(pid: string, procRoot: string, people: People): OpenProcess {
  const folder = `${procRoot}/${pid}`;
  const {unit, container} = belongingOf(readText(`${folder}/cgroup`) ?? '');
  const process = {
    pid: Number(pid),
    name: readText(`${folder}/comm`)?.trim() ?? '?',
    user: people.nameOf(ownerOf(folder)),
    person: people.personOf(pid, unit),
    unit,
  };
  return {process, container};
}

/** Every process there is. */
export function pidsIn(procRoot: string): readonly string[] {
  const names = namesIn(procRoot);
  return typeof names === 'string' ? [] : names.filter((name) => /^\d+$/.test(name));
}
