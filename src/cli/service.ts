import type {Service} from '#client/leaf.ts';

import {filterRows} from './rows.ts';
import {ageWord, tableLines} from './table.ts';
import {EXIT, type Verb, withLeaf} from './verb.ts';

const HEADS = ['SERVICE', 'VERSION', 'LEAF', 'ENDPOINTS', 'REQUESTS', 'ERRORS', 'MEAN', 'SINCE'];

const list: Verb = {
  path: ['service', 'list'],
  summary: 'what answers $SRV here: micro services, and how they fare',
  words: [],
  options: [],
  run: (invocation) =>
    withLeaf(invocation, async ({client}) => {
      const {world, globals} = invocation;
      const rows = filterRows(await client.services(), globals.filter, (row) => {
        const cells = cellsOf(row, world.now());
        return Object.fromEntries(HEADS.map((head, at) => [head.toLowerCase(), cells[at] ?? '']));
      });
      const texts = rows.map((row) => cellsOf(row, world.now()));
      const lines = globals.json
        ? rows.map((row) => JSON.stringify(row))
        : tableLines(HEADS, texts);
      for (const line of lines) {
        world.out(line);
      }
      return EXIT.done;
    }),
};

/** Micro services. */
export const SERVICE_VERBS: readonly Verb[] = [list];

function cellsOf({name, version, metadata, endpoints, started}: Service, nowMs: number): string[] {
  const sum = (count: (endpoint: Service['endpoints'][number]) => number): number =>
    endpoints.reduce((total, endpoint) => total + count(endpoint), 0);
  const requests = sum((endpoint) => endpoint.requests);
  const spentMs = sum((endpoint) => endpoint.averageMs * endpoint.requests);
  return [
    name,
    version,
    metadata.leaf ?? '-',
    String(endpoints.length),
    String(requests),
    String(sum((endpoint) => endpoint.errors)),
    requests === 0 ? '-' : `${(spentMs / requests).toFixed(2)} ms`,
    ageWord(started, nowMs),
  ];
}
