import {once} from 'node:events';
import {createServer} from 'node:net';

import {afterEach, beforeEach, expect, test} from 'vitest';

import type {EmbeddedServer, ServerAddress, ServerNotice} from '#contracts/server.ts';
import {isCimError} from '#domain/errors.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';
import {until} from '#test/support/until.ts';

/** A home for one server after the other. */
export interface ServerHarness {
  create(): EmbeddedServer & {pid(): number | undefined};
  /** Whether a client gets in with these credentials: the error's code where it does not. */
  connect(address: ServerAddress): Promise<string>;
  stop(): Promise<void>;
}

const LIMIT_MS = 20_000;

/** What every server of the leaf's own keeps. */
export function embeddedServerSuite(
  driver: DriverOf<'embedded-server'>,
  start: () => Promise<ServerHarness>,
): void {
  describeContract({contract: 'embedded-server', driver}, () => {
    let harness: ServerHarness;
    let notices: ServerNotice[];
    beforeEach(async () => {
      harness = await start();
      notices = [];
    });
    afterEach(() => harness.stop());

    const startServer = (server: EmbeddedServer, signal = AbortSignal.timeout(LIMIT_MS)) =>
      server.start((notice) => notices.push(notice), signal);
    const told = () => notices.map(({kind}) => kind).filter((kind) => kind !== 'recovering');

    test('is ready when it says so, for those with credentials', async () => {
      const address = await startServer(harness.create());
      expect(told()).toEqual(['ready']);
      expect(address.url).toMatch(/^nats:\/\/127\.0\.0\.1:\d+$/);
      expect(await harness.connect(address)).toBe('connected');
      expect(await harness.connect({...address, credsPath: null})).toBe('nats-refused');
    });

    test('keeps its address over a restart, and is gone in between', async () => {
      const first = harness.create();
      const address = await startServer(first);
      await first.stop();
      expect(await harness.connect(address)).toBe('no-agent');
      expect(await startServer(harness.create())).toEqual(address);
      expect(await harness.connect(address)).toBe('connected');
    });

    test('comes back when it dies, and says so', async () => {
      const server = harness.create();
      const address = await startServer(server);
      const pid = server.pid() ?? 0;
      process.kill(pid, 'SIGKILL');
      await until(told, (kinds) => kinds.length === 3, LIMIT_MS);
      expect(told()).toEqual(['ready', 'ended', 'ready']);
      expect(server.pid()).not.toBe(pid);
      expect(await harness.connect(address)).toBe('connected');
    });

    test('says who holds its TCP port', async () => {
      const first = harness.create();
      const {url} = await startServer(first);
      await first.stop();
      const stranger = createServer().listen(Number(new URL(url).port), '127.0.0.1');
      await once(stranger, 'listening');
      const late = startServer(harness.create());
      await expect(late).rejects.toSatisfy((error) => isCimError(error, 'port-in-use'));
      await expect(late).rejects.toThrow(`pid ${process.pid}`);
      stranger.close();
    });

    test('gives up its start when aborted, and leaves nothing running', async () => {
      const server = harness.create();
      const late = startServer(server, AbortSignal.abort());
      await expect(late).rejects.toThrow();
      await server.stop();
      expect(told()).toEqual([]);
    });
  });
}
