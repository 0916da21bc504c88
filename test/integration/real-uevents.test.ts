import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';

import {CloudEvent} from 'cloudevents';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';

import {chainOf, type PlainMessage} from '#test/support/chain.ts';
import {createStage, isRoot, ROOT, type Stage} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

describe.skipIf(!isRoot)('ports of a network namespace (needs root)', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await createStage();
    await stage.serve();
  });

  afterAll(() => stage.stop());

  const portNamed = async (name: string) =>
    (await stage.json('port', 'list')).find((row) => row.name === name);

  it('shows a bridge that was added, and forgets it when it goes', async () => {
    await stage.ip('link', 'add', 'cimbr0', 'type', 'bridge');
    const row = await until(
      () => portNamed('cimbr0'),
      (found) => found !== undefined,
    );
    expect(row).toMatchObject({kind: 'virtual', class: 'network', state: 'present', link: 'down'});
    await stage.ip('link', 'del', 'cimbr0');
    await until(
      () => portNamed('cimbr0'),
      (found) => found === undefined,
    );
    const events = await stage.json('event', 'list');
    expect(events.map(({type}) => type).slice(-2)).toEqual([
      'cim.device.added.v1',
      'cim.device.removed.v1',
    ]);
  });

  it('shows the link of a bridge go up and down with the far end of its only member', async () => {
    await stage.ip('link', 'add', 'cimbr1', 'type', 'bridge');
    await stage.ip('link', 'add', 'cimv0', 'type', 'veth', 'peer', 'name', 'cimv1');
    await stage.ip('link', 'set', 'cimv0', 'master', 'cimbr1');
    for (const name of ['cimbr1', 'cimv0', 'cimv1']) {
      await stage.ip('link', 'set', name, 'up');
    }
    const linkIs = (link: string) =>
      until(
        () => portNamed('cimbr1'),
        (row) => row?.link === link,
      );
    await linkIs('up');
    await stage.ip('link', 'set', 'cimv1', 'down');
    expect(await linkIs('down')).toMatchObject({state: 'present'});
    await stage.ip('link', 'set', 'cimv1', 'up');
    await linkIs('up');
  });

  it('stores nothing for 50 veths made and removed', async () => {
    const before = await stage.json('status');
    for (let count = 0; count < 50; count += 1) {
      await stage.ip('link', 'add', 'cimva', 'type', 'veth', 'peer', 'name', 'cimvb');
      await stage.ip('link', 'del', 'cimva');
    }
    // A bridge behind them: when it is there, whatever the veths made has been dealt with.
    await stage.ip('link', 'add', 'cimbr2', 'type', 'bridge');
    await until(
      () => portNamed('cimbr2'),
      (found) => found !== undefined,
    );
    const after = await stage.json('status');
    expect(Number(after[0]?.events) - Number(before[0]?.events)).toBe(1);
  });

  it('can be read by a plain client: CloudEvents, chained from the first on', async () => {
    const [leaf] = await stage.json('leaf', 'show');
    const messages = await readPlainly(stage, String(leaf?.leafId));
    expect(messages.length).toBeGreaterThan(5);
    expect(messages.map(({head}) => head['Cim-Prev'])).toEqual(
      chainOf(String(leaf?.storeId), messages),
    );
    for (const {body} of messages) {
      const event = new CloudEvent(JSON.parse(Buffer.from(body).toString()), true);
      expect(event.validate()).toBe(true);
    }
    const types = messages.map(({head}) => head['Cim-Type']);
    expect(types.slice(0, 2)).toEqual(['cim.leaf.created.v1', 'cim.leaf.started.v1']);
  });
});

async function readPlainly(stage: Stage, leafId: string): Promise<readonly PlainMessage[]> {
  const [connection] = await stage.json('connect');
  const creds = join(stage.home, 'keys', 'agent.creds');
  const script = join(ROOT, 'test', 'support', 'read-stream.ts');
  const args = [script, String(connection?.url), creds, `CIM_EVENTS_${leafId}`];
  const [file, rest] = stage.inside(process.execPath, ...args);
  const {stdout} = await promisify(execFile)(file, [...rest], {maxBuffer: 2 ** 26});
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({subject, head, body}) => ({subject, head, body: Buffer.from(body, 'base64')}));
}
