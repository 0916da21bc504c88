import {createInterface} from 'node:readline/promises';

import {type CliWorld, EXIT, type Globals} from '#cli/verb.ts';
import type {Log} from '#contracts/log.ts';
import {ERROR_TEXTS} from '#domain/errors.ts';
import {readSettings, type Settings, VERSION} from './wiring/config.ts';
import {findLeaf} from './wiring/find-leaf.ts';
import {reachLeaf} from './wiring/reach.ts';

/** A command says what goes wrong on stderr itself. */
const NO_LOG: Log = {info: () => undefined, warn: () => undefined, error: () => undefined};

/** The world of one command line run in this process. */
export function createCliWorld(signal: AbortSignal): CliWorld {
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    ask: process.stdin.isTTY && process.stderr.isTTY ? ask : undefined,
    async connect(globals) {
      const settings = readSettings(globals, process.env);
      const {timeoutMs} = settings;
      const address = await findLeaf(settings);
      return reachLeaf(address, {channel: 'cli', timeoutMs, log: NO_LOG, signal});
    },
    async serve(globals, {lingerSeconds}) {
      const {runAgent} = await import('./agent.ts');
      const onReady = (line: string) => void process.stdout.write(`${line}\n`);
      try {
        return await runAgent(readSettings(globals, process.env), {lingerSeconds, onReady, signal});
      } catch (error) {
        if (signal.aborted) {
          return EXIT.done; // ended in order before it was ready, or while it stood by
        }
        throw error;
      }
    },
    async *checks(globals: Globals) {
      const {runChecks} = await import('#drivers/doctor/checks.ts');
      const {findNatsServer} = await import('#drivers/nats-server/find-server.ts');
      const settings = readSettings(globals, process.env);
      yield* runChecks({
        home: settings.places.home,
        env: process.env,
        findServer: () => findNatsServer(process.env),
        findContainers: () => findContainers(signal),
        pingLeaf: () => pingLeaf(settings, signal),
      });
    },
    now: Date.now,
    version: VERSION,
    signal,
  };
}

/** Looks itself: the leaf may not run, or may run elsewhere. */
async function findContainers(signal: AbortSignal) {
  const {createContainerManager} = await import('#drivers/machined/container-manager.ts');
  const manager = createContainerManager({log: NO_LOG});
  const {limit} = await manager.start(() => undefined, signal);
  try {
    if (limit === null) {
      return {count: (await manager.list(signal)).length};
    }
    const {sentence, remedy} = ERROR_TEXTS[limit.refused];
    return {detail: `${sentence}: ${limit.detail}`, remedy};
  } finally {
    await manager.stop();
  }
}

async function pingLeaf(settings: Settings, signal: AbortSignal) {
  const {timeoutMs} = settings;
  const address = await findLeaf(settings);
  const leaf = await reachLeaf(address, {channel: 'cli', timeoutMs, log: NO_LOG, signal});
  try {
    const begun = performance.now();
    await leaf.client.query('leaf', 'show');
    return {leafId: address.leafId, url: address.url, ms: performance.now() - begun};
  } finally {
    await leaf.close();
  }
}

async function ask(question: string): Promise<boolean> {
  const prompt = createInterface({input: process.stdin, output: process.stderr});
  try {
    return /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
  } finally {
    prompt.close();
  }
}
