import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {childNamed} from '#test/support/child-named.ts';
import {isRunning} from '#test/support/is-running.ts';
import {type MadeUpLeaf, makeUpLeaf} from '#test/support/made-up-machine.ts';
import {silentLog} from '#test/support/silent-log.ts';
import {announcedPid, type ServingAgent} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';
import {readSettings} from '../../src/wiring/config.ts';
import {findLeaf} from '../../src/wiring/find-leaf.ts';
import {type Reached, reachLeaf} from '../../src/wiring/reach.ts';

const TAKEOVER_LIMIT_MS = 15_000;

let leaf: MadeUpLeaf;

beforeEach(async () => {
  leaf = await makeUpLeaf();
});
afterEach(() => leaf.stop());

const untilReady = ({said}: ServingAgent): Promise<string> =>
  until(said, (text) => text.includes('is ready at'), TAKEOVER_LIMIT_MS);

/** A console's connection, made once: whatever happens to agent and server, it is not made anew. */
async function openConnection(signal: AbortSignal): Promise<Reached> {
  const globals = {home: leaf.home, nats: undefined, creds: undefined, leaf: undefined};
  const address = await findLeaf(readSettings({...globals, timeoutMs: 5000}, process.env));
  return reachLeaf(address, {channel: 'console', timeoutMs: 5000, log: silentLog, signal});
}

async function kill(agent: ServingAgent, withServer: boolean): Promise<void> {
  const serverPid = await childNamed(agent.child.pid ?? 0, 'nats-server');
  if (withServer) {
    process.kill(serverPid, 'SIGKILL');
  }
  agent.child.kill('SIGKILL');
  await agent.ended;
  await until(
    () => isRunning(serverPid),
    (runs) => !runs,
  );
}

describe('an agent beside one that serves the same home', () => {
  it('stands by and takes over within 15 s with the server, its TCP port and every event', async () => {
    const stop = new AbortController();
    let active = await leaf.serve();
    const reached = await openConnection(stop.signal);
    const heard: string[] = [];
    const following = (async () => {
      for await (const message of reached.client.events.follow({from: 1, signal: stop.signal})) {
        heard.push(`${message.sequence} ${message.kind === 'event' ? message.event.id : '-'}`);
      }
    })();
    for (const [round, withServer] of [false, true, false].entries()) {
      const standby = await leaf.serve({after: active});
      expect(standby.said()).toContain(`${leaf.home}: another agent is active; standing by`);
      await leaf.plug(`ttyC${round}`);
      const wish = {aggregate: 'port', verb: 'label', data: {label: `gate ${round}`}};
      expect(await reached.client.send({...wish, target: 'ttyA0'})).toMatchObject({ok: true});
      await kill(active, withServer);
      expect(await untilReady(standby)).toContain(reached.url);
      const {everAcknowledged} = active;
      const port = await until(
        () => reached.client.query('port', 'list', {target: `gate ${round}`}).catch(String),
        (page) => typeof page === 'object' && page.rows.length === 1,
      );
      expect(port).toMatchObject({rows: [{name: 'ttyA0', label: `gate ${round}`}]});
      await until(
        () => heard,
        (lines) => everAcknowledged.every((line) => lines.includes(line)),
      );
      const undo = {aggregate: 'port', verb: 'label', data: {label: null}};
      expect(await reached.client.send({...undo, target: 'ttyA0'})).toMatchObject({ok: true});
      active = standby;
    }
    expect(await announcedPid(leaf.home)).toBe(active.child.pid);
    expect(new Set(heard).size).toBe(heard.length);
    expect(heard.map((line) => Number(line.split(' ')[0]))).toEqual(heard.map((_, at) => at + 1));
    stop.abort();
    await following;
    await reached.close();
  });

  it('takes over from one that is ended in order, and ends in order while it stands by', async () => {
    const active = await leaf.serve();
    const standby = await leaf.serve();
    const third = await leaf.serve();
    third.child.kill('SIGTERM');
    expect(await third.ended).toBe(0);
    active.child.kill('SIGTERM');
    expect(await active.ended).toBe(0);
    await untilReady(standby);
  });

  it.each([[['--no-standby']], [['--linger', '60']]])(
    'ends at once with %j: there is one to talk to',
    async (args) => {
      const active = await leaf.serve();
      const pid = await announcedPid(leaf.home);
      const {code, stderr} = await leaf.cli('serve', ...args);
      expect(stderr).toContain('a leaf runs in this home already');
      expect(code).toBe(3);
      expect(await announcedPid(leaf.home)).toBe(pid);
      expect(isRunning(active.child.pid ?? 0)).toBe(true);
    },
  );

  it('of several that start at once exactly one serves, and the others wait for their turn', async () => {
    const agents = await Promise.all([1, 2, 3].map(() => leaf.serve()));
    const ready = () => agents.filter(({said}) => said().includes('is ready at'));
    await until(ready, ({length}) => length === 1);
    const port = await readFile(join(leaf.home, 'nats', 'port'), 'utf8');
    const [first] = ready();
    first?.child.kill('SIGKILL');
    await first?.ended;
    await until(ready, ({length}) => length === 2, TAKEOVER_LIMIT_MS);
    expect(await readFile(join(leaf.home, 'nats', 'port'), 'utf8')).toBe(port);
  });
});
