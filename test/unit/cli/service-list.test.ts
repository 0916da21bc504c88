import {describe, expect, it} from 'vitest';
import {type CliWorld, EXIT} from '#cli/verb.ts';
import type {Service} from '#client/leaf.ts';
import {CimError} from '#domain/errors.ts';
import {runWords} from '#test/support/run-words.ts';

const endpoint = {
  name: 'query-port-list',
  subject: 'cim.press.queries.port.list',
  queueGroup: null,
  metadata: {kind: 'query'},
  requests: 3,
  errors: 0,
  lastError: '',
  averageMs: 0.5,
};
const service = {
  name: 'cim-leaf',
  id: '0193',
  version: '0.1.0',
  description: 'commands and queries of a leaf',
  metadata: {leaf: 'press'},
  started: '2026-11-22T14:00:00.000Z',
  endpoints: [
    endpoint,
    {...endpoint, name: 'command-port-label', requests: 1, errors: 1, averageMs: 2.5},
  ],
};
const other = {...service, name: 'billing', metadata: {}, endpoints: []};

/** What a command line prints where these services are. */
async function printed(services: () => Promise<readonly Service[]>, ...argv: string[]) {
  const out: string[] = [];
  const world = {
    out: (line: string) => void out.push(line),
    err: () => undefined,
    connect: () => Promise.resolve({client: {services}, close: () => Promise.resolve()}),
    now: () => Date.parse('2026-11-22T16:00:00.000Z'),
    signal: new AbortController().signal,
  } as unknown as CliWorld;
  return {out, code: await runWords(argv, world)};
}

const both = () => Promise.resolve([other, service]);

describe('service list', () => {
  it('prints one line a service, the mean of all its answers', async () => {
    expect((await printed(both, 'service', 'list')).out).toEqual([
      'SERVICE   VERSION  LEAF   ENDPOINTS  REQUESTS  ERRORS  MEAN     SINCE',
      'billing   0.1.0    -      0          0         0       -        2h',
      'cim-leaf  0.1.0    press  2          4         1       1.00 ms  2h',
    ]);
  });

  it('prints all that is known with --json, of those that fit the filter', async () => {
    const {out} = await printed(both, 'service', 'list', '--json', '--filter', 'leaf:press');
    expect(out.map((line) => JSON.parse(line))).toEqual([service]);
  });

  it('ends as everything does where nobody answers', async () => {
    const nobody = () => Promise.reject(new CimError('no-agent', 'request $SRV.INFO'));
    expect((await printed(nobody, 'service', 'list')).code).toBe(EXIT.noAnswer);
  });
});
