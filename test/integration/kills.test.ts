import {execFile} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';

import {describe, it} from 'vitest';

import {childNamed} from '#test/support/child-named.ts';
import {createStage, isRoot, type ServingAgent, type Stage} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

const run = promisify(execFile);

const PAIRS = 200;
const ACKNOWLEDGED_FIRST = 50;

type Victim = 'agent' | 'server' | 'both';

/** How often each is killed: 20 kills in all, each at a random point of a storm of its own. */
const KILLS: readonly (readonly [Victim, number])[] = [
  ['agent', 7],
  ['server', 7],
  ['both', 6],
];

describe.skipIf(!isRoot)('a leaf that is killed in a storm (needs root)', () => {
  // The three run side by side: a storm mostly waits for the kernel.
  it.concurrent.for(KILLS)(
    'keeps every acknowledged event, once and in order: %s, %i times',
    {timeout: 240_000},
    async ([victim, kills], {expect}) => {
      const stage = await createStage();
      try {
        let agent = await stage.serve();
        for (let round = 0; round < kills; round += 1) {
          agent = await killInStorm(stage, agent, {victim, round});
          const acknowledged = [...agent.everAcknowledged];
          const stored = await storedLines(stage);
          const known = new Set(acknowledged);
          expect(stored.filter((line) => known.has(line))).toEqual(acknowledged);
          const ids = stored.map((line) => line.split(' ')[1]);
          expect(new Set(ids).size).toBe(ids.length);
          // What the storm left in the queue is dealt with behind the bridge that ends it.
          const fresh = await bridgesOf(stage);
          await until(
            () => networkPorts(stage),
            (names) => names.join() === fresh.join(),
          );
        }
      } finally {
        await stage.stop();
      }
    },
  );
});

/** One storm, one kill somewhere in it, and everything settled afterwards. */
async function killInStorm(
  stage: Stage,
  agent: ServingAgent,
  {victim, round}: {readonly victim: Victim; readonly round: number},
): Promise<ServingAgent> {
  const known = agent.acknowledged.length;
  const storming = storm(stage, round);
  const wanted = known + ACKNOWLEDGED_FIRST + Math.floor(Math.random() * 200);
  await until(
    () => agent.acknowledged.length,
    (count) => count >= wanted,
    60_000,
  );
  const next = await killAndComeBack(stage, agent, victim);
  await storming;
  await stage.ip('link', 'add', `done${round}`, 'type', 'bridge');
  await until(
    () => networkPorts(stage),
    (names) => names.includes(`done${round}`),
    30_000,
  );
  return next;
}

/** 200 bridges added and removed again, by one `ip -batch`. */
async function storm(stage: Stage, round: number): Promise<void> {
  const lines = Array.from({length: PAIRS}, (_, pair) => [
    `link add cs${round}x${pair} type bridge`,
    `link del cs${round}x${pair}`,
  ]).flat();
  const path = join(stage.home, `storm-${round}`);
  await writeFile(path, `${lines.join('\n')}\n`);
  await run('ip', ['-n', stage.namespace, '-batch', path]);
}

const storedLines = async (stage: Stage): Promise<readonly string[]> =>
  (await stage.json('event', 'list', '--from', '1')).map(({sequence, id}) => `${sequence} ${id}`);

const networkPorts = async (stage: Stage): Promise<readonly string[]> =>
  (await stage.json('port', 'list', '--class', 'network')).map(({name}) => String(name)).sort();

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
  victim: Victim,
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
