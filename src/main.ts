import {dirname, join} from 'node:path';

import {explain} from '#cli/run.ts';
import {startPicture} from '#client/picture.ts';
import {consoleFilePath, readConsoleFile, rememberVisit} from '#drivers/home/console-file.ts';
import {createFileLog} from '#drivers/log/file-log.ts';
import {createSystemClock} from '#drivers/system/clock.ts';
import {createTerminal} from '#drivers/terminal/terminal.ts';
import type {QuitOptions} from '#store/console-actions.ts';
import {createReadStore} from '#store/read-store.ts';
import {renderConsole} from '#views/app-entry.tsx';
import {createCliWorld} from './cli.ts';
import {readSettings} from './wiring/config.ts';
import {type ConsoleRequest, kindOf, reachConsoleLeaf} from './wiring/console-leaf.ts';
import {listenerOf} from './wiring/console-listener.ts';
import {createConsolePorts} from './wiring/console-ports.ts';
import {isOwnAgent, keepAgent, startHello} from './wiring/console-session.ts';
import {findLeaf} from './wiring/find-leaf.ts';
import {guardTerminal} from './wiring/guard-terminal.ts';
import {findOwnWay} from './wiring/own-way.ts';

/** Runs the console until it is left. Resolves with the exit code. */
export async function runConsole(request: ConsoleRequest): Promise<number> {
  const ending = new AbortController();
  try {
    return await openConsole(request, ending.signal);
  } catch (error) {
    return explain(error, createCliWorld(ending.signal), false);
  } finally {
    ending.abort();
  }
}

async function openConsole(request: ConsoleRequest, signal: AbortSignal): Promise<number> {
  const {globals, isReadonly} = request;
  const leafKind = kindOf(request);
  const path = consoleFilePath(globals.home ?? process.env.CIM_HOME, process.env);
  const log = createFileLog(join(dirname(path), 'log', 'console.log'));
  const reached = await reachConsoleLeaf(request, log, signal);
  const {client, bus, address} = reached;
  const remembered = readConsoleFile(path);
  const clock = createSystemClock();
  const readStore = createReadStore({
    now: Date.now,
    schedule: clock.after,
    isOutputBlocked: () => process.stdout.writableLength > 0,
    initial: {
      actor: client.actor,
      leafId: client.leafId,
      leafKind,
      isReadonly,
      visit: remembered.visits[client.leafId] ?? null,
    },
  });
  await startPicture({client, bus, clock, signal, listener: listenerOf(readStore, log)});
  const settings =
    leafKind === 'real' && isOwnAgent(address) ? readSettings(globals, process.env) : undefined;
  const findOwn = settings && (() => findLeaf(settings));
  const hello = startHello({client, clock, log, readStore, remembered, findOwn, signal});
  const left = Promise.withResolvers<QuitOptions>();
  const running = renderConsole({
    readStore,
    schedule: clock.after,
    terminal: createTerminal(process.stdin, process.stdout),
    env: process.env,
    ports: createConsolePorts({
      reached,
      readStore,
      onQuit: left.resolve,
      folder: dirname(path),
      sysRoot: readSettings(globals, process.env).sysRoot,
      env: process.env,
      signal,
    }),
  });
  void findOwnWay(address, process.env, signal)
    .then((caller) => running.ui.setState({caller}))
    .catch((error: unknown) => log.error('find the way to this leaf', error));
  const guard = guardTerminal(running, log);
  const keeping = keepAgent({settings, readStore, clock, log});
  const answer = await Promise.race([left.promise, running.waitUntilExit(), guard.ended]);
  keeping.stop();
  running.unmount();
  const keepRecording = answer?.keepRecording ?? remembered.keepRecording;
  if (leafKind === 'real') {
    const {sequence} = readStore.newest().inventory;
    rememberVisit(path, {...remembered, keepRecording}, {leafId: client.leafId, sequence});
  }
  readStore.stop();
  // The line is closed first: an agent that ends takes its server along.
  await reached.close();
  // A dropped line or a closed terminal stops nothing: only who quits can have meant it.
  await hello.leave(answer ? keepRecording : null);
  return guard.exitCode();
}
