import {afterAll, beforeAll, describe, expect, it} from 'vitest';

import {createJetStreamEventReader} from '#drivers/nats/event-reader.ts';
import type {NatsLink} from '#drivers/nats/link.ts';
import {startTestServer, type TestServer} from '#test/support/nats.ts';
import {type ServingAgent, serveHome} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

describe('two agents of one leaf on a configured server', () => {
  let server: TestServer;
  const agents: ServingAgent[] = [];

  beforeAll(async () => {
    server = await startTestServer('shared-leaf');
  });

  afterAll(async () => {
    for (const {child, ended} of agents) {
      child.kill('SIGKILL');
      await ended;
    }
    await server.stop();
  });

  const serve = async (home: string): Promise<ServingAgent> => {
    const {url, credsPath} = server.address;
    const args = ['--nats', url, '--creds', credsPath ?? '', '--leaf', 'shared-leaf'];
    const agent = await serveHome(`${server.home}/${home}`, args);
    agents.push(agent);
    return agent;
  };

  it('are one active, one standing by; the second takes over, and no event is stored twice', async () => {
    const first = await serve('first');
    const second = await serve('second');
    expect(first.said()).toContain('is ready at');
    expect(second.said()).toContain('standing by');
    expect(second.acknowledged).toEqual([]);
    first.child.kill('SIGKILL');
    await first.ended;
    await until(
      () => second.said(),
      (said) => said.includes('is ready at'),
      15_000,
    );
    const stored = await storedLines(await server.connectAgent());
    expect(stored).toEqual([...first.acknowledged, ...second.acknowledged]);
    const ids = stored.map((line) => line.split(' ')[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('an agent that slept while another took over', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer('shared-leaf');
  });

  afterAll(() => server.stop());

  it('ends at once and in order when it wakes', async () => {
    const {url, credsPath} = server.address;
    const args = ['--nats', url, '--creds', credsPath ?? '', '--leaf', 'shared-leaf'];
    const first = await serveHome(`${server.home}/first`, args);
    const second = await serveHome(`${server.home}/second`, args);
    first.child.kill('SIGSTOP');
    await until(
      () => second.said(),
      (said) => said.includes('is ready at'),
      15_000,
    );
    first.child.kill('SIGCONT');
    expect(await first.ended).toBe(1);
    expect(first.said()).not.toContain('Error');
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });
});

describe('a server that goes away', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer('shared-leaf');
  });

  afterAll(() => server.stop());

  it('ends neither the active agent nor the one that stands by, and keeps neither from stopping', async () => {
    const {url, credsPath} = server.address;
    const args = ['--nats', url, '--creds', credsPath ?? '', '--leaf', 'shared-leaf'];
    const first = await serveHome(`${server.home}/first`, args);
    const second = await serveHome(`${server.home}/second`, args);
    await server.kill();
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    await until(
      () => second.said(),
      (said) => said.includes('is ready at'),
      15_000,
    );
    await server.server.stop();
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });
});

async function storedLines(link: NatsLink): Promise<readonly string[]> {
  const reader = createJetStreamEventReader({link, leafId: 'shared-leaf'});
  const lines: string[] = [];
  for await (const message of reader.readAll({from: 1, signal: AbortSignal.timeout(10_000)})) {
    lines.push(`${message.sequence} ${message.kind === 'event' ? message.event.id : '-'}`);
  }
  return lines;
}
