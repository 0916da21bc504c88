import {afterAll, beforeAll, describe, expect, it} from 'vitest';

import {until} from '#test/support/until.ts';

import {openDemo} from '../../src/wiring/demo.ts';
import type {Reached} from '../../src/wiring/reach.ts';

describe('the made-up leaf of --demo', () => {
  const ending = new AbortController();
  let leaf: Reached;

  beforeAll(async () => {
    leaf = await openDemo(ending.signal);
  });

  afterAll(() => ending.abort());

  const rowsOf = async (view: string, verb: string) => (await leaf.client.query(view, verb)).rows;

  it('has twenty ports and more, twins, and a role that waits', async () => {
    expect((await rowsOf('port', 'list')).length).toBeGreaterThanOrEqual(20);
    const [status] = await rowsOf('status', 'show');
    expect(status).toMatchObject({
      attention: [{code: 'role-without-device'}, {code: 'ambiguous'}],
    });
  });

  it('has containers, and one of them stops', async () => {
    const names = async () =>
      (await rowsOf('container', 'list').catch(() => [])).map((row) => JSON.stringify(row));
    await until(names, (rows) => rows.length >= 5);
    await until(names, (rows) => rows.length === 4, 8000);
    expect((await names()).filter((row) => row.includes('"name":"cam"'))).toEqual([]);
  });

  it('gets something plugged in, through the same path as a real one', async () => {
    await until(
      () => rowsOf('port', 'list'),
      (rows) => rows.some((row) => JSON.stringify(row).includes('A50285BI')),
      8000,
    );
  });

  it('takes wishes and refuses them like a real one', async () => {
    const wish = {aggregate: 'port', verb: 'label', data: {label: 'USB 1'}};
    expect(await leaf.client.send({...wish, target: 'USB 2'})).toMatchObject({
      ok: false,
      code: 'label-taken',
    });
  });
});
