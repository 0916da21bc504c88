import {readFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';

import {connect, credsAuthenticator, type NatsConnection} from '@nats-io/transport-node';
import {Ajv} from 'ajv';
import addFormats from 'ajv-formats';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {z} from 'zod';

import {MICRO_VERBS} from '#domain/micro.ts';
import {createLeafHome, type LeafHome} from '#test/support/stage.ts';

const FIXTURES = new URL('../fixtures/micro/', import.meta.url);
const Access = z.object({leaf: z.string(), url: z.string(), creds: z.string(), actor: z.string()});
const Stats = z.object({
  endpoints: z.array(
    z.looseObject({
      name: z.string(),
      num_requests: z.number(),
      num_errors: z.number(),
      processing_time: z.number(),
      average_processing_time: z.number(),
      last_error: z.string(),
    }),
  ),
});

const ajv = new Ajv({strict: false});
addFormats.default(ajv);

let leaf: LeafHome;
let access: z.infer<typeof Access>;
let plain: NatsConnection;
beforeAll(async () => {
  leaf = await createLeafHome();
  await leaf.serve();
  const [told] = await leaf.json('connect');
  access = Access.parse(told);
  plain = await connect({
    servers: access.url,
    authenticator: credsAuthenticator(await readFile(access.creds)),
    inboxPrefix: `_INBOX.${access.actor}`,
  });
});
afterAll(async () => {
  await plain.close();
  await leaf.stop();
});

async function askAll(subject: string): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  const limits = {strategy: 'stall', stall: 200, maxWait: 5000} as const;
  for await (const answer of await plain.requestMany(subject, '', limits)) {
    all.push(answer.json());
  }
  return all;
}

test.each(MICRO_VERBS)('a stranger is answered $SRV.%s as the protocol has it', async (verb) => {
  const schema = readFileSync(new URL(`micro-${verb.toLowerCase()}.json`, FIXTURES), 'utf8');
  const isValid = ajv.compile(JSON.parse(schema));
  for (const subject of [`$SRV.${verb}`, `$SRV.${verb}.cim-leaf`]) {
    const answers = await askAll(subject);
    expect(answers).toMatchObject([{name: 'cim-leaf', metadata: {leaf: access.leaf}}]);
    expect([isValid(answers[0]), isValid.errors]).toEqual([true, null]);
  }
});

test('what is answered is counted, and what was refused', async () => {
  const subject = `cim.${access.leaf}.commands.${access.actor}.leaf.label`;
  const label = JSON.stringify({target: access.leaf, data: {label: 'Hall 3'}});
  await plain.request(subject, label, {timeout: 5000});
  await plain.request(subject, label, {timeout: 5000});
  const [stats] = await askAll('$SRV.STATS');
  const counted = Stats.parse(stats).endpoints.find(({name}) => name === 'command-leaf-label');
  expect(counted).toMatchObject({num_requests: 2, num_errors: 1});
  expect(counted?.last_error).toMatch(/^nothing-to-change:/);
  expect(counted?.processing_time).toBeGreaterThan(0);
  expect(counted?.average_processing_time).toBeLessThan(counted?.processing_time ?? 0);
});

test('service list shows it to people', async () => {
  const {stdout, code} = await leaf.cli('service', 'list');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^SERVICE +VERSION +LEAF +ENDPOINTS +REQUESTS +ERRORS +MEAN +SINCE\n/);
  expect(stdout).toMatch(new RegExp(`\\ncim-leaf +0\\.1\\.0 +${access.leaf} +\\d+ +\\d+ +1 +`));
});
