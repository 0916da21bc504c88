import {readFile} from 'node:fs/promises';
import {setTimeout as pause} from 'node:timers/promises';

import type {Log} from '#contracts/log.ts';
import type {EmbeddedServer, ServerNotice} from '#contracts/server.ts';
import {CimError} from '#domain/errors.ts';
import {type ServerChild, spawnServer} from './child.ts';
import {configPath, serverLogPath, serverName} from './config.ts';
import {type Environment, findExecutable, findNatsServer} from './find-server.ts';
import {keepPort, type Prepared, portInUse, prepareServer} from './prepare.ts';
import {probeServer} from './probe.ts';
import {findListener, isFree, LEAF_PORTS, type PortRange} from './tcp-port.ts';

export interface EmbeddedServerOptions {
  readonly home: string;
  readonly leafId: string;
  readonly log: Log;
  readonly env: Environment;
  /** Where to look for a free TCP port at the first start. */
  readonly tcpPorts?: PortRange | undefined;
}

/** The embedded server, and which process it is now. */
export interface NatsServerChild extends EmbeddedServer {
  pid(): number | undefined;
}

const PROBE_EVERY_MS = 20;
const NOTICE_EVERY_MS = 1000;
const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 10_000;
const STOP_LIMIT_MS = 10_000;
const START_ATTEMPTS = 5;

interface Supervised {
  readonly options: EmbeddedServerOptions;
  stopping: AbortController;
  onNotice: (notice: ServerNotice) => void;
  launch: (() => ServerChild) | undefined;
  child: ServerChild | undefined;
  over: Promise<void>;
}

/** A nats-server as our child: started, watched, started anew when it dies, ended with us. */
export function createEmbeddedServer(options: EmbeddedServerOptions): NatsServerChild {
  const server: Supervised = {
    options,
    stopping: new AbortController(),
    onNotice: () => undefined,
    launch: undefined,
    child: undefined,
    over: Promise.resolve(),
  };
  return {
    async start(onNotice, signal) {
      server.onNotice = onNotice;
      server.stopping = new AbortController();
      server.launch = await launcher(options, signal);
      const prepared = await firstStart(server, signal);
      server.over = supervise(server, prepared.tcpPort);
      return prepared.address;
    },
    async stop() {
      server.stopping.abort();
      await endChild(server.child);
      await server.over;
    },
    pid: () => server.child?.pid,
  };
}

async function launcher(options: EmbeddedServerOptions, signal: AbortSignal) {
  const {home, env, log} = options;
  const found = await findNatsServer(env, signal);
  const setpriv = findExecutable('setpriv', env);
  if (setpriv === undefined) {
    log.warn('no setpriv (util-linux): nats-server stays behind if this agent is killed');
  }
  log.info(`nats-server ${found.version} from ${found.path}`);
  return () => spawnServer({binary: found.path, configPath: configPath(home), setpriv});
}

/** A TCP port that was free a moment ago may be taken by now: a new one is tried, unless kept. */
async function firstStart(server: Supervised, signal: AbortSignal): Promise<Prepared> {
  const {home, leafId, tcpPorts = LEAF_PORTS} = server.options;
  for (let attempt = 1; ; attempt += 1) {
    const prepared = await prepareServer({home, leafId, tcpPorts, signal});
    const how = await startOnce(server, prepared.tcpPort, signal);
    if (how === undefined) {
      await keepPort(home, prepared.tcpPort);
      return prepared;
    }
    if (await isFree(prepared.tcpPort)) {
      const last = await lastFatal(home);
      throw new CimError('nats-server-failed', `start nats-server: ${how}${last}`);
    }
    if (attempt === START_ATTEMPTS) {
      throw portInUse(prepared.tcpPort, await findListener(prepared.tcpPort));
    }
  }
}

/** Starts a child and waits until it is ready; words on its end when it ended before. */
async function startOnce(
  server: Supervised,
  tcpPort: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const child = server.launch?.();
  if (child === undefined) {
    throw new TypeError('startOnce before start');
  }
  server.child = child;
  const begun = performance.now();
  try {
    const isReady = await untilReady(server, child, {tcpPort, begun, signal});
    if (!isReady) {
      return await child.ended;
    }
  } catch (error) {
    await endChild(child);
    throw new CimError('time-is-up', 'start nats-server: given up', {cause: error});
  }
  server.onNotice({kind: 'ready', recoveryMs: Math.round(performance.now() - begun)});
  return undefined;
}

interface Waiting {
  readonly tcpPort: number;
  readonly begun: number;
  readonly signal: AbortSignal;
}

/** The server opens its TCP port when its streams are recovered, however long that takes. */
async function untilReady(
  {options, onNotice}: Supervised,
  child: ServerChild,
  {tcpPort, begun, signal}: Waiting,
): Promise<boolean> {
  let told = begun;
  while (!child.hasEnded()) {
    if ((await probeServer(tcpPort)) === serverName(options.leafId)) {
      return !child.hasEnded();
    }
    const now = performance.now();
    if (now - told >= NOTICE_EVERY_MS) {
      told = now;
      onNotice({kind: 'recovering', elapsedMs: Math.round(now - begun)});
    }
    await pause(PROBE_EVERY_MS, undefined, {signal});
  }
  return false;
}

async function supervise(server: Supervised, tcpPort: number): Promise<void> {
  const {signal} = server.stopping;
  let backoffMs = FIRST_BACKOFF_MS;
  let readySince = performance.now();
  while (!signal.aborted) {
    const reason = await server.child?.ended;
    if (signal.aborted) {
      return;
    }
    if (performance.now() - readySince > FIRST_BACKOFF_MS) {
      backoffMs = FIRST_BACKOFF_MS; // it was at work: what ended it is not its start
    }
    server.options.log.error(`nats-server ended: ${reason}`);
    server.onNotice({kind: 'ended', reason: reason ?? 'unknown', restartInMs: backoffMs});
    await pauseQuietly(backoffMs, signal);
    backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS);
    await restart(server, tcpPort);
    readySince = performance.now();
  }
}

async function restart(server: Supervised, tcpPort: number): Promise<void> {
  const {signal} = server.stopping;
  if (signal.aborted) {
    return;
  }
  try {
    await startOnce(server, tcpPort, signal);
  } catch (error) {
    if (!signal.aborted) {
      server.options.log.error('restart nats-server', error);
    }
  }
}

async function pauseQuietly(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, {signal});
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}

async function endChild(child: ServerChild | undefined): Promise<void> {
  if (child === undefined || child.hasEnded()) {
    return;
  }
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await child.ended;
  clearTimeout(timer);
}

/** What the server wrote about its own end, if its log has it. */
async function lastFatal(home: string): Promise<string> {
  try {
    const lines = (await readFile(serverLogPath(home), 'utf8')).trim().split('\n');
    const fatal = lines.findLast((line) => line.includes('[FTL]'));
    return fatal === undefined ? '' : `: ${fatal.slice(fatal.indexOf('[FTL]') + 6)}`;
  } catch {
    return ''; // it ended before it opened its log
  }
}
