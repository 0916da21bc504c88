import {describe, expect, it} from 'vitest';

import type {CliWorld} from '#cli/verb.ts';
import {CimError} from '#domain/errors.ts';
import {containerRows} from '#projections/container-rows.ts';
import {containerFact} from '#test/support/containers.ts';
import {runWords} from '#test/support/run-words.ts';

const ROWS = containerRows({
  list: [
    containerFact('web'),
    containerFact('shares', {network: 'host', addresses: [], leader: null}),
    containerFact('late', {state: 'opening', addresses: []}),
  ],
  limit: null,
  seenAt: '2026-11-22T16:00:00.000Z',
});

/** What a command line prints where the leaf answers so. */
async function printed(query: () => Promise<{rows: readonly unknown[]}>, ...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const world = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    connect: () => Promise.resolve({client: {query}, close: () => Promise.resolve()}),
    now: () => Date.parse('2026-11-22T16:00:00.000Z'),
    signal: new AbortController().signal,
  } as unknown as CliWorld;
  const code = await runWords(argv, world);
  return {out, err, code};
}

const rows = () => Promise.resolve({rows: ROWS});
const missing = () => Promise.reject(new CimError('no-machined', 'query container.list: no name'));

describe('container list', () => {
  it('prints one line a container', async () => {
    expect((await printed(rows, 'container', 'list')).out).toEqual([
      'NAME    STATE    UNIT                      ADDRESS       LEADER  SINCE',
      'late    opening  container@late.service    -             4242    1h',
      "shares  running  container@shares.service  (the host's)  -       1h",
      'web     running  container@web.service     10.233.1.2    4242    1h',
    ]);
  });

  it('prints the rows as they came with --json, those that fit the filter', async () => {
    const {out} = await printed(rows, 'container', 'list', '--json', '--filter', 'state:opening');
    expect(out.map((line) => JSON.parse(line))).toEqual([ROWS[0]]);
  });

  it('says why there is no list, what to do, and exits 3', async () => {
    const {out, err, code} = await printed(missing, 'container', 'list');
    expect({out, code}).toEqual({out: [], code: 3});
    expect(err).toEqual([
      'cim-tui: systemd-machined is not installed here (query container.list: no name); install it: `apt-get install systemd-container`',
    ]);
  });

  it('says the same as JSON with --json', async () => {
    const {out} = await printed(missing, 'container', 'list', '--json');
    expect(out.map((line) => JSON.parse(line))).toEqual([
      {
        ok: false,
        code: 'no-machined',
        message: 'systemd-machined is not installed here',
        remedy: 'install it: `apt-get install systemd-container`',
      },
    ]);
  });

  it('shows one, or says that it does not run', async () => {
    const one = () => Promise.resolve({rows: [ROWS[2]]});
    const {out} = await printed(one, 'container', 'show', 'web', '--json');
    expect(out.map((line) => JSON.parse(line))).toEqual([ROWS[2]]);
    const none = await printed(() => Promise.resolve({rows: []}), 'container', 'show', 'x');
    expect(none).toMatchObject({code: 3, err: [expect.stringContaining('no such container runs')]});
  });
});
