import {randomUUID} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {userInfo} from 'node:os';

import {jetstream} from '@nats-io/jetstream';
import {connect, credsAuthenticator} from '@nats-io/transport-node';
import {afterAll, beforeAll, expect, test} from 'vitest';

import {labelledEnvelope} from '#test/support/envelopes.ts';
import {type MadeUpLeaf, makeUpLeaf} from '#test/support/made-up-machine.ts';
import {startTestServer, type TestServer} from '#test/support/nats.ts';
import type {Ended} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

const LEAF = 'two-versions';

let server: TestServer;
let leaf: MadeUpLeaf;
let access: readonly string[];

beforeAll(async () => {
  server = await startTestServer(LEAF);
  leaf = await makeUpLeaf();
  const creds = await server.consoleCreds(userInfo().username);
  access = ['--nats', server.address.url, '--creds', creds, '--leaf', LEAF];
});
afterAll(async () => {
  await leaf.stop();
  await server.stop();
});

const cli = (...args: readonly string[]): Promise<Ended> => leaf.cli(...args, ...access, '--json');
const json = (...args: readonly string[]) => leaf.json(...args, ...access);
const serve = () => {
  const {url, credsPath} = server.address;
  return leaf.serve({args: ['--nats', url, '--creds', credsPath ?? '', '--leaf', LEAF]});
};
const portIds = async (): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries((await json('port', 'list')).map(({name, id}) => [String(name), String(id)]));

/** Events as a newer agent would append them: plain JSON over a plain connection. */
async function appendAsNewer(
  events: readonly {type: string; subject: string; data: object}[],
): Promise<void> {
  const connection = await connect({
    servers: server.address.url,
    authenticator: credsAuthenticator(await readFile(server.address.credsPath ?? '')),
  });
  for (const {type, subject, data} of events) {
    const [, aggregate, event] = type.split('.');
    const id = randomUUID();
    const body = {...labelledEnvelope(LEAF, subject, '', id), type, data};
    const place = `cim.${LEAF}.events.${aggregate}.${subject}.${event}`;
    await jetstream(connection).publish(place, JSON.stringify(body), {msgID: id});
  }
  await connection.close();
}

test('an agent reads what a newer one has written, leaves it alone, and decides on the rest', async () => {
  const first = await serve();
  const {ttyA0 = '', ttyA1 = '', ttyA2 = ''} = await portIds();
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  await appendAsNewer([
    {type: 'cim.port.labelled.v2', subject: ttyA0, data: {labels: ['gate', 'Tor']}},
    {type: 'cim.port.labelled.v1', subject: ttyA1, data: {label: ['not', 'a', 'text']}},
    {type: 'cim.container.placed.v1', subject: 'web', data: {room: 'cellar'}},
    {type: 'cim.leaf.started.v2', subject: LEAF, data: {release: 'next'}},
  ]);
  await serve();

  const stored = await json('event', 'list', '--from', '1');
  const newer = stored.filter(({unread}) => unread === 'newer-event');
  expect(newer).toMatchObject([
    {type: 'cim.port.labelled.v2', data: {labels: ['gate', 'Tor']}},
    {type: 'cim.container.placed.v1', data: {room: 'cellar'}},
    {type: 'cim.leaf.started.v2'},
  ]);
  expect(stored.at(-1)).toMatchObject({type: 'cim.leaf.started.v1'});
  expect(await json('port', 'list')).toHaveLength(5);

  for (const target of [ttyA0, ttyA1]) {
    const {code, stdout} = await cli('port', 'label', target, 'mine');
    expect(JSON.parse(stdout)).toMatchObject({ok: false, code: 'newer-event'});
    expect(code).toBe(3);
  }
  expect((await cli('port', 'label', ttyA2, 'mine')).code).toBe(0);
  const [status] = await json('status');
  const about = (code: string) => expect.objectContaining({code});
  expect(status?.attention).toEqual(
    expect.arrayContaining([about('newer-event'), about('unreadable')]),
  );

  await leaf.unplug('ttyA0');
  await leaf.unplug('ttyA2');
  await leaf.plug('ttyC0');
  await until(portIds, (ids) => ids.ttyC0 !== undefined);
  const later = (await json('event', 'list', '--from', String(stored.length + 1))).map(
    ({subject}) => subject,
  );
  expect(later).toContain(ttyA2);
  expect(later).not.toContain(ttyA0);
});
