import {readFile} from 'node:fs/promises';

import {connect, credsAuthenticator, type NatsConnection} from '@nats-io/transport-node';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {z} from 'zod';

import {createLeafHome, type LeafHome} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

const Connection = z.object({
  leaf: z.string(),
  url: z.string(),
  creds: z.string(),
  actor: z.string(),
});
const Row = z.object({
  v: z.literal(1),
  sequence: z.number(),
  data: z.looseObject({label: z.unknown()}),
});

let leaf: LeafHome;
let program: NatsConnection;
let leafId: string;
beforeAll(async () => {
  leaf = await createLeafHome();
  await leaf.serve();
  const [told] = await leaf.json('connect');
  const {url, creds, actor, ...rest} = Connection.parse(told);
  leafId = rest.leaf;
  program = await connect({
    servers: url,
    authenticator: credsAuthenticator(await readFile(creds)),
    inboxPrefix: `_INBOX.${actor}`,
  });
});
afterAll(async () => {
  await program.close();
  await leaf.stop();
});

/** A row as a program gets it with the rights of a person; null: there is none. */
async function readRow(key: string) {
  const bucket = `cim_state_${leafId}`;
  const answer = await program.request(`$JS.API.DIRECT.GET.KV_${bucket}.$KV.${bucket}.${key}`, '');
  return answer.headers?.code === 404 ? null : Row.parse(answer.json());
}

test('a program reads the state of an aggregate by one request, a moment behind its event', async () => {
  const row = await until(
    () => readRow(`leaf.${leafId}`),
    (found) => found !== null,
  );
  expect(row?.data.label).toBe(null);
  await leaf.json('leaf', 'label', 'gate-cabinet');
  const labelled = await until(
    () => readRow(`leaf.${leafId}`),
    (found) => found?.data.label === 'gate-cabinet',
  );
  const [shown] = await leaf.json('leaf', 'show');
  expect(shown).toMatchObject({label: 'gate-cabinet', sequence: labelled?.sequence});
  expect(await readRow('port.no-such-port')).toBe(null);
});

test('nobody but the leaf writes them', async () => {
  const bucket = `cim_state_${leafId}`;
  const refused = program.request(`$KV.${bucket}.leaf.${leafId}`, '{}', {timeout: 2000});
  await expect(refused).rejects.toThrow();
  expect((await readRow(`leaf.${leafId}`))?.data.label).toBe('gate-cabinet');
});
