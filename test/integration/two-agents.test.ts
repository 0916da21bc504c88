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

async function storedLines(link: NatsLink): Promise<readonly string[]> {
  const reader = createJetStreamEventReader({link, leafId: 'shared-leaf'});
  const lines: string[] = [];
  for await (const message of reader.readAll({from: 1, signal: AbortSignal.timeout(10_000)})) {
    lines.push(`${message.sequence} ${message.kind === 'event' ? message.event.id : '-'}`);
  }
  return lines;
}
