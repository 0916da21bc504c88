import {execFile} from 'node:child_process';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';

import {afterAll, beforeAll, describe, expect, it} from 'vitest';

import {createStage, isRoot, type ServingAgent, type Stage} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

const run = promisify(execFile);

const ROUNDS = 20;
const PAIRS = 200;
const ACKNOWLEDGED_FIRST = 50;
const VICTIMS = ['agent', 'server', 'both'] as const;

describe.skipIf(!isRoot)('a leaf that is killed in a storm (needs root)', () => {
  let stage: Stage;
  let agent: ServingAgent;

  beforeAll(async () => {
    stage = await createStage();
    agent = await stage.serve();
  });

  afterAll(() => stage.stop());

  /** 200 bridges added and removed again, by one `ip -batch`. */
  const storm = async (round: number): Promise<void> => {
    const lines = Array.from({length: PAIRS}, (_, pair) => [
      `link add cs${round}x${pair} type bridge`,
      `link del cs${round}x${pair}`,
    ]).flat();
    const path = join(stage.home, `storm-${round}`);
    await writeFile(path, `${lines.join('\n')}\n`);
    await run('ip', ['-n', stage.namespace, '-batch', path]);
  };

  const storedIds = async (): Promise<readonly string[]> =>
    (await stage.json('event', 'list', '--from', '1')).map(({sequence, id}) => `${sequence} ${id}`);

  it.each(Array.from({length: ROUNDS}, (_, index) => index))(
    'keeps every acknowledged event, once and in order (kill %i)',
    async (round) => {
      const victim = VICTIMS[round % VICTIMS.length] ?? 'agent';
      const known = agent.acknowledged.length;
      const storming = storm(round);
      const wanted = known + ACKNOWLEDGED_FIRST + Math.floor(Math.random() * 200);
      await until(
        () => agent.acknowledged.length,
        (count) => count >= wanted,
        30_000,
      );
      agent = await killAndComeBack(stage, agent, victim);
      await storming;
      await stage.ip('link', 'add', `done${round}`, 'type', 'bridge');
      await until(
        () => stage.json('port', 'list'),
        (rows) => rows.some(({name}) => name === `done${round}`),
        20_000,
      );
      const stored = await storedIds();
      const acknowledged = new Set(agent.everAcknowledged);
      expect(stored.filter((line) => acknowledged.has(line))).toEqual([...agent.everAcknowledged]);
      const ids = stored.map((line) => line.split(' ')[1]);
      expect(new Set(ids).size).toBe(ids.length);
      const ports = (await stage.json('port', 'list')).map(({name}) => name).sort();
      expect(ports).toEqual(await bridgesOf(stage));
    },
    60_000,
  );
});

async function bridgesOf(stage: Stage): Promise<readonly string[]> {
  const {stdout} = await run('ip', ['-n', stage.namespace, '-json', 'link']);
  const links: readonly {readonly ifname: string}[] = JSON.parse(stdout);
  return links
    .map(({ifname}) => ifname)
    .filter((name) => name !== 'lo' && !name.startsWith('ifb'))
    .sort();
}

async function killAndComeBack(
  stage: Stage,
  agent: ServingAgent,
  victim: (typeof VICTIMS)[number],
): Promise<ServingAgent> {
  const serverPid = await childNamed(agent.child.pid ?? 0, 'nats-server');
  if (victim !== 'agent') {
    process.kill(serverPid, 'SIGKILL');
  }
  if (victim === 'server') {
    return agent;
  }
  agent.child.kill('SIGKILL');
  await agent.ended;
  return stage.serve({after: agent});
}

async function childNamed(pid: number, name: string): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  for (const child of children.trim().split(' ')) {
    const comm = await readFile(`/proc/${child}/comm`, 'utf8');
    if (comm.trim() === name) {
      return Number(child);
    }
  }
  throw new Error(`process ${pid} has no child ${name}`);
}
