import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';

import {afterAll, beforeAll, expect, test} from 'vitest';

import {childNamed} from '#test/support/child-named.ts';
import {countBlocks, examplesOf} from '#test/support/docs/examples.ts';
import {createProject, type Project} from '#test/support/docs/project.ts';
import {createStage, isRoot, ROOT, type ServingAgent, type Stage} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

const run = promisify(execFile);
const NAME = 'follow-labels.mjs';
const EXAMPLES = examplesOf('client.md');

let project: Project;
beforeAll(async () => {
  project = await createProject();
});
afterAll(() => project.stop());

test('the client needs no other package, and every example has a name', async () => {
  const {dependencies} = JSON.parse(
    await readFile(join(project.folder, 'node_modules', 'cim-leaf', 'package.json'), 'utf8'),
  );
  expect(dependencies).toBeUndefined();
  expect([...EXAMPLES.keys()]).toEqual([NAME]);
  expect(countBlocks('client.md', 'js')).toBe(EXAMPLES.size);
});

test('the checkout offers the same, for who links it', async () => {
  const program =
    "import * as client from 'cim-leaf/client'; console.log(Object.keys(client).sort())";
  const args = ['--input-type=module', '--eval', program];
  const {stdout} = await run(process.execPath, args, {cwd: ROOT});
  expect(stdout.trim()).toBe("[ 'connectLeaf', 'isLeafError' ]");
});

test('its types hold by themselves, and tell what is wrong', async () => {
  await project.write(
    'typed.mts',
    `import {connectLeaf, isLeafError, type Events, type Rows} from 'cim-leaf/client';
const leaf = await connectLeaf({home: '/tmp/x'});
const {rows} = await leaf.query('port.list', {at: 3});
const label: string | null | undefined = rows[0]?.label;
const row: Rows['role.list'] | undefined = (await leaf.query('role.list')).rows[0];
const answer = await leaf.command('role.bind', 'scale', {port: 'USB 1', class: 'serial'});
const why: string = answer.ok ? String(answer.sequence) : answer.code;
for await (const message of leaf.follow({from: 1})) {
  if (message.kind === 'event' && message.event.type === 'cim.port.labelled.v1') {
    const data: Events['cim.port.labelled.v1'] = message.event.data;
    console.log(data.label, message.event.actor);
  }
}
leaf.onLive('host', ({load}) => console.log(load));
console.log(isLeafError(undefined, 'no-agent'), label, row, why);
// @ts-expect-error a label is a text
await leaf.command('port.label', 'USB 1', {label: 3});
// @ts-expect-error there is no such command
await leaf.command('port.paint', 'USB 1', {});
// @ts-expect-error rows have no colour
console.log(rows[0]?.colour);
`,
  );
  const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022'];
  const checked = run(tsc, [...options, '--skipLibCheck', 'false', '--types', '', 'typed.mts'], {
    cwd: project.folder,
  }).catch(({stdout}) => ({stdout}));
  expect((await checked).stdout).toBe('');
});

test.skipIf(!isRoot)(
  'the example names a port, follows over a killed server, and goes on where it was (skipped: no root for a network namespace)',
  async () => {
    const stage = await createStage();
    try {
      await stage.ip('link', 'add', 'br7', 'type', 'bridge');
      await tellStory(stage, await stage.serve());
    } finally {
      await stage.stop();
    }
  },
);

async function tellStory(stage: Stage, agent: ServingAgent): Promise<void> {
  await project.write(NAME, EXAMPLES.get(NAME) ?? '');
  const label = (text: string) => stage.json('port', 'label', 'br7', text);
  const first = project.start(stage, NAME);
  await first.says(/^port \S+ \(br7\): no label, present$/);
  await first.says(/^named Scale at \d+; at \d+: null$/);
  await first.says(/^the whole state then: [1-9]\d* ports$/);
  await first.says(/^\d+: \S+ names \S+ Scale$/);
  const server = await childNamed(agent.child.pid ?? 0, 'nats-server');
  process.kill(server, 'SIGKILL');
  await until(
    () => childNamed(agent.child.pid ?? 0, 'nats-server').catch(() => server),
    (pid) => pid !== server,
  );
  await until(
    () => stage.cli('port', 'label', 'br7', 'Two'),
    ({code}) => code === 0,
  );
  await first.says(/^\d+: \S+ names \S+ Two$/);
  first.kill('SIGTERM');
  expect([await first.ended, first.lines.filter((line) => /names/.test(line)).length]).toEqual([
    0, 2,
  ]);
  await label('Three');
  const second = project.start(stage, NAME);
  await second.says(/^following from \d+$/);
  await second.says(/^\d+: \S+ names \S+ Scale$/);
  const heard = second.lines.filter((line) => /names/.test(line));
  expect(heard.map((line) => line.split(' ').at(-1))).toEqual(['Three', 'Scale']);
  second.kill('SIGTERM');
  expect(await second.ended).toBe(0);
}
