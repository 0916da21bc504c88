import {dirname, join} from 'node:path';
import {z} from 'zod';

import {explain} from '#cli/run.ts';
import type {Globals} from '#cli/verb.ts';
import {type PictureListener, startPicture} from '#client/picture.ts';
import type {Log} from '#contracts/log.ts';
import {PortUser} from '#domain/port/user.ts';
import {consoleFilePath, readConsoleFile, writeConsoleFile} from '#drivers/home/console-file.ts';
import {createFileLog} from '#drivers/log/file-log.ts';
import {createSystemClock} from '#drivers/system/clock.ts';
import {createTerminal} from '#drivers/terminal/terminal.ts';
import {initialInventory, isInventory} from '#projections/inventory.ts';
import {createReadStore, type ReadStore} from '#store/read-store.ts';
import {renderConsole} from '#views/app-entry.tsx';
import {createCliWorld} from './cli.ts';
import {readSettings} from './config.ts';
import {createConsolePorts} from './console-ports.ts';
import {guardTerminal, keepAgent, startHello} from './console-session.ts';
import {findOrStartLeaf, reachLeaf} from './reach.ts';

export interface ConsoleRequest {
  readonly globals: Globals;
  readonly isDemo: boolean;
  readonly isReadonly: boolean;
}

/** Runs the console until it is left. Resolves with the exit code. */
export async function runConsole(request: ConsoleRequest): Promise<number> {
  const ending = new AbortController();
  try {
    if (request.isDemo) {
      const {runDemo} = await import('./demo.ts');
      return await runDemo(ending);
    }
    return await openConsole(request, ending);
  } catch (error) {
    return explain(error, createCliWorld(ending.signal), false);
  } finally {
    ending.abort();
  }
}

async function openConsole(
  {globals, isReadonly}: ConsoleRequest,
  ending: AbortController,
): Promise<number> {
  const {signal} = ending;
  const settings = readSettings(globals, process.env);
  const path = consoleFilePath(globals.home ?? process.env.CIM_HOME, process.env);
  const address = await findOrStartLeaf(settings, () =>
    process.stderr.write('starting the service layer of this leaf; it goes on without a screen\n'),
  );
  const log = createFileLog(join(dirname(path), 'log', 'console.log'));
  const {timeoutMs} = settings;
  const reached = await reachLeaf(address, {channel: 'console', timeoutMs, log, signal});
  const {client, bus} = reached;
  const remembered = readConsoleFile(path);
  const clock = createSystemClock();
  const readStore = createReadStore({
    now: Date.now,
    schedule: clock.after,
    isOutputBlocked: () => process.stdout.writableLength > 0,
    initial: {
      actor: client.actor,
      leafId: client.leafId,
      isReadonly,
      visit: remembered.visits[client.leafId] ?? null,
    },
  });
  await startPicture({client, bus, clock, signal, listener: listenerOf(readStore, log)});
  const hello = startHello({client, clock, readStore, remembered, address, signal});
  const left = Promise.withResolvers<boolean | null>();
  const running = renderConsole({
    readStore,
    schedule: clock.after,
    terminal: createTerminal(process.stdin, process.stdout),
    env: process.env,
    ports: createConsolePorts({
      reached,
      readStore,
      onQuit: ({keepRecording}) => left.resolve(keepRecording),
      folder: dirname(path),
      env: process.env,
      signal,
    }),
  });
  const guard = guardTerminal(running, log);
  const keeping = keepAgent({settings, readStore, clock, log});
  const keepRecording = await Promise.race([left.promise, running.waitUntilExit(), guard.ended]);
  keeping.stop();
  running.unmount();
  const {inventory} = readStore.newest();
  const visit = {sequence: inventory.sequence, at: new Date().toISOString()};
  const keep = keepRecording ?? remembered.keepRecording;
  const visits = {...remembered.visits, [client.leafId]: visit};
  writeConsoleFile(path, {visits, keepRecording: keep});
  await hello.leave(keep);
  readStore.stop();
  await reached.close();
  return guard.exitCode();
}

const SnapshotContent = z.looseObject({
  inventory: z.unknown(),
  users: z.record(z.string(), PortUser),
  limit: z.string().nullable(),
});

/** What the leaf says, into the store. */
const listenerOf = (readStore: ReadStore, log: Log): PictureListener => ({
  onSnapshot({content, version}) {
    readStore.setConnection('live');
    const read = SnapshotContent.safeParse(content);
    const inventory = read.success ? read.data.inventory : undefined;
    const isReadable = isInventory(inventory, version);
    readStore.replaceSnapshot(isReadable ? inventory : initialInventory);
    readStore.setUsers(read.success ? read.data.users : {});
    readStore.set({limits: read.success ? read.data.limit : null});
    return isReadable;
  },
  onMessages: (messages) => readStore.apply(messages),
  onConnection: (kind) => readStore.setConnection(kind),
  onUsers: (users) => readStore.setUsers(users),
  onUevents: (uevents) => readStore.pushUevents(uevents),
  onLimit: (limits) => readStore.set({limits}),
  onBroken(error) {
    log.error('read the stream', error);
    readStore.setConnection('stale');
  },
});
