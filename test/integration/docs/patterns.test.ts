import {symlink} from 'node:fs/promises';
import {join} from 'node:path';

import {afterAll, beforeAll, expect, test} from 'vitest';
import {z} from 'zod';

import {countBlocks, examplesOf} from '#test/support/docs/examples.ts';
import {createProject, type Program, type Project} from '#test/support/docs/project.ts';
import {connectPlainly, type PlainProgram} from '#test/support/plain-request.ts';
import {createLeafHome, type LeafHome, ROOT} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

const EXAMPLES = examplesOf('patterns.md');

let project: Project;
let leaf: LeafHome;
let leafId: string;
let plain: PlainProgram;
beforeAll(async () => {
  project = await createProject();
  await symlink(
    join(ROOT, 'node_modules', '@nats-io'),
    join(project.folder, 'node_modules', '@nats-io'),
  );
  for (const [name, text] of EXAMPLES) {
    await project.write(name, text);
  }
  leaf = await createLeafHome();
  await leaf.serve();
  plain = await connectPlainly(leaf);
  const [told] = await leaf.json('connect');
  leafId = String(told?.leaf);
});
afterAll(async () => {
  await plain.close();
  await project.stop();
  await leaf.stop();
});

const start = (name: string, ...args: readonly string[]): Program =>
  project.start(leaf, name, ...args);

/** Labels the leaf, and the sequence of the event. */
async function label(text: string): Promise<number> {
  const {body} = await plain.wish('leaf', 'label', {target: leafId, data: {label: text}});
  expect(body).toMatchObject({ok: true});
  return Number(body.sequence);
}

test('every example of the page has a name, and a test', () => {
  expect([...EXAMPLES.keys()]).toEqual([
    'leaf.mjs',
    'command.mjs',
    'listen.mjs',
    'worker.mjs',
    'discover.mjs',
    'job.mjs',
    'durable.mjs',
  ]);
  expect(countBlocks('patterns.md', 'js')).toBe(EXAMPLES.size);
});

test('command.mjs: a request is done, and refused when there is nothing left to do', async () => {
  const first = start('command.mjs');
  await first.says(/^done at \d+$/);
  expect(await first.ended).toBe(0);
  const second = start('command.mjs');
  await second.says('refused: nothing-to-change');
  expect(await second.ended).toBe(0);
});

test('listen.mjs: events come with their place in the stream', async () => {
  const program = start('listen.mjs');
  await program.says('listening');
  const sequence = await label('heard');
  await program.says(new RegExp(`^${sequence}: cim\\.leaf\\.labelled\\.v1 of ${leafId} by \\S+$`));
  program.kill('SIGTERM');
});

test('worker.mjs: two share the work, each message once, and one alone goes on', async () => {
  const workers = [start('worker.mjs'), start('worker.mjs')];
  const [first, second] = workers;
  await Promise.all(workers.map((worker) => worker.says('at work')));
  const texts = Array.from({length: 30}, (_, index) => `work ${index}`);
  for (const text of texts) {
    await label(text);
  }
  const printed = (worker: Program | undefined): readonly string[] =>
    worker?.lines.filter((line) => line.startsWith('prints ')) ?? [];
  const wanted = texts.map((text) => `prints ${text}`).toSorted();
  await until(
    () => workers.flatMap(printed),
    (all) => all.length >= texts.length,
  );
  expect(workers.flatMap(printed).toSorted()).toEqual(wanted);
  expect(workers.map((worker) => printed(worker).length > 0)).toEqual([true, true]);
  first?.kill('SIGTERM');
  expect(await first?.ended).toBe(0);
  await label('left to one');
  await second?.says('prints left to one');
  second?.kill('SIGTERM');
});

test('discover.mjs: the leaf is found, with its endpoints', async () => {
  const program = start('discover.mjs');
  await program.says(`cim-leaf 0.1.0 of leaf ${leafId}`);
  await program.says(`  cim.${leafId}.commands.*.port.label`);
  await program.says(`  cim.${leafId}.queries.port.list`);
  expect(await program.ended).toBe(0);
  const [service] = await leaf.json('service', 'list');
  expect(service).toMatchObject({name: 'cim-leaf', metadata: {leaf: leafId}});
  expect(JSON.stringify(service)).toContain('"lastError":"nothing-to-change:');
});

test('job.mjs: accepted at once, told of, and ended by an event', async () => {
  const program = start('job.mjs');
  await program.says(/^accepted as [0-9a-f-]{36}$/);
  await program.says(/^\d+ of \d+ events, \d+ s left$/);
  await program.says(/^done: \{"events":\d+,"wrong":null\}$/);
  expect(await program.ended).toBe(0);
  const [job] = (await leaf.json('job', 'list')).filter(({command}) => command === 'event.verify');
  expect(job).toMatchObject({state: 'ended', outcome: 'done'});
});

const Admitted = z.object({creds: z.string(), consumer: z.string(), pending: z.number()});

test('durable.mjs: every event once it is acknowledged, also those of the time away', async () => {
  const [told] = await leaf.json('auth', 'program', 'add', 'scale');
  const {creds, pending} = Admitted.parse(told);
  const before = await label('for the scale');
  expect(pending).toBe(before - 1);
  const acknowledged = async () => {
    const [scale] = await leaf.json('auth', 'program', 'list');
    return scale?.acknowledged;
  };
  const first = start('durable.mjs', creds);
  await until(acknowledged, (sequence) => sequence === before);
  expect(first.lines).toHaveLength(before);
  expect(first.lines[0]).toBe(`cim.leaf.created.v1 of ${leafId}`);
  first.kill('SIGKILL');
  await first.ended;
  const away = await label('nobody listens');
  const [again] = await leaf.json('auth', 'program', 'add', 'scale');
  expect(again).toMatchObject({creds, only: [], acknowledged: before});
  const second = start('durable.mjs', creds);
  await until(acknowledged, (sequence) => sequence === away);
  expect(second.lines).toEqual([`cim.leaf.labelled.v1 of ${leafId}`]);
});
