import {FASTEST} from '#cli/uevent.ts';
import {type CliWorld, EXIT, type Globals, type ReplayRequest} from '#cli/verb.ts';
import type {Log} from '#contracts/log.ts';
import type {Recording} from '#contracts/recording.ts';
import {createSystemIds} from '#drivers/system/ids.ts';
import {readSettings, type Settings, VERSION} from './wiring/config.ts';
import {confirm as ask, askWord} from './wiring/confirm.ts';
import {findLeaf} from './wiring/find-leaf.ts';
import {reachLeaf} from './wiring/reach.ts';
import {readText} from './wiring/read-text.ts';
import {writeStatus} from './wiring/status-line.ts';

/** A command says what goes wrong on stderr itself. */
const NO_LOG: Log = {info: () => undefined, warn: () => undefined, error: () => undefined};

/** Shows a recording on a console. */
type ShowReplay = (
  globals: Globals,
  replay: {readonly recording: Recording; readonly speed: number},
) => Promise<number>;

/** The world of one command line run in this process; without `showReplay` it has no screen. */
export function createCliWorld(signal: AbortSignal, showReplay?: ShowReplay): CliWorld {
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    status: process.stderr.isTTY ? writeStatus : undefined,
    ...(process.stdin.isTTY && process.stderr.isTTY ? {ask, askWord} : {ask: undefined}),
    async connect(globals) {
      const settings = readSettings(globals, process.env);
      const {timeoutMs} = settings;
      const address = await findLeaf(settings);
      return reachLeaf(address, {channel: 'cli', timeoutMs, log: NO_LOG, signal});
    },
    async serve(globals, request) {
      const {runAgent} = await import('./agent.ts');
      const onReady = (line: string) => void process.stdout.write(`${line}\n`);
      try {
        return await runAgent(readSettings(globals, process.env), {...request, onReady, signal});
      } catch (error) {
        if (signal.aborted) {
          return EXIT.done; // ended in order before it was ready, or while it stood by
        }
        throw error;
      }
    },
    async record(globals, request) {
      const {recordHere} = await import('./wiring/record-uevents.ts');
      return recordHere(request, readSettings(globals, process.env).sysRoot, signal);
    },
    replay: (globals, request) => replay({globals, request, showReplay}, signal),
    async programs(globals) {
      const settings = readSettings(globals, process.env);
      const address = await findLeaf(settings);
      const {openPrograms} = await import('./agent.ts');
      return openPrograms(settings, address, signal);
    },
    readText,
    async *checks(globals: Globals) {
      const {runChecks} = await import('#drivers/doctor/checks.ts');
      const {findNatsServer} = await import('#drivers/nats-server/find-server.ts');
      const {findContainers} = await import('./wiring/find-containers.ts');
      const settings = readSettings(globals, process.env);
      yield* runChecks({
        home: settings.places.home,
        env: process.env,
        findServer: () => findNatsServer(process.env),
        findContainers: () => findContainers(NO_LOG, signal),
        pingLeaf: () => pingLeaf(settings, signal),
      });
    },
    messageId: createSystemIds().messageId,
    now: Date.now,
    version: VERSION,
    signal,
  };
}

async function replay(
  options: {
    readonly globals: Globals;
    readonly request: ReplayRequest;
    readonly showReplay: ShowReplay | undefined;
  },
  signal: AbortSignal,
): Promise<number> {
  const {globals, request, showReplay} = options;
  const {loadRecording, lengthOf, playRecording} = await import('./wiring/replay.ts');
  const recording = loadRecording(request.path);
  if (recording.endMs === null) {
    request.onCut(lengthOf(recording) / 1000);
  }
  if (showReplay !== undefined && !globals.json) {
    const speed = request.speed === 'max' ? FASTEST : (request.speed ?? 1);
    return showReplay(globals, {recording, speed});
  }
  await playRecording(recording, {...request, speed: request.speed ?? 'max'}, signal);
  return signal.aborted ? EXIT.interrupted : EXIT.done;
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
