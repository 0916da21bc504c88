import {afterAll, beforeAll, expect, test} from 'vitest';

import type {BusStatus} from '#contracts/bus.ts';
import {isCimError} from '#domain/errors.ts';
import {createNatsBus} from '#drivers/nats/bus.ts';
import {connectNats} from '#drivers/nats/connect.ts';
import {startTestServer, type TestServer, testPorts} from '#test/support/nats.ts';
import {silentLog} from '#test/support/silent-log.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a lost server is told, and a request waits for it to come back', async () => {
  const link = await server.connectAgent();
  const bus = createNatsBus({link, log: silentLog});
  const told: BusStatus['kind'][] = [];
  const lost = Promise.withResolvers<void>();
  bus.onStatus(({kind}) => {
    told.push(kind);
    lost.resolve();
  });
  bus.respond('cim.x.a', async () => ({body: new Uint8Array([1])}));
  const back = server.kill();
  await lost.promise;
  expect(bus.status()).toMatchObject({kind: 'lost', since: expect.stringMatching(/Z$/)});
  const answer = await bus.request('cim.x.a', new Uint8Array(), {timeoutMs: 10_000});
  expect([...answer.body]).toEqual([1]);
  await back;
  expect(told).toEqual(['lost', 'live']);
  expect(bus.status()).toEqual({kind: 'live'});
});

test('nobody at the address, no credentials, no such file: each has its code', async () => {
  const signal = AbortSignal.timeout(10_000);
  const codeOf = async (url: string, credsPath: string | null) => {
    try {
      await connectNats({url, credsPath, name: 'test', signal});
      return 'connected';
    } catch (error) {
      return isCimError(error) ? error.code : error;
    }
  };
  const {url, credsPath} = server.address;
  expect(await codeOf(`nats://127.0.0.1:${testPorts().first}`, credsPath)).toBe('no-agent');
  expect(await codeOf(url, null)).toBe('nats-refused');
  expect(await codeOf(url, '/nonexistent.creds')).toBe('nats-refused');
  expect(await codeOf(url, credsPath)).toBe('connected');
});
