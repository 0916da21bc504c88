import {writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {completeCommandLine, splitCommandLine} from '#cli/command-line.ts';
import {parse, runParsed, VERBS} from '#cli/run.ts';
import {type CliWorld, EXIT} from '#cli/verb.ts';
import type {LeafClient} from '#client/leaf-client.ts';
import {refusalAnswer} from '#domain/command.ts';
import {CimError} from '#domain/errors.ts';
import {changeRefusal} from '#store/change-refusal.ts';
import type {ConsolePorts, QuitOptions} from '#store/console-actions.ts';
import type {ReadStore} from '#store/read-store.ts';
import {createCliWorld} from '../cli.ts';
import {createConsoleRecorder} from './console-recorder.ts';
import {goTo} from './go-to.ts';
import type {Reached} from './reach.ts';

export interface ConsolePortsOptions {
  readonly reached: Pick<Reached, 'client' | 'url' | 'credsPath'>;
  readonly readStore: ReadStore;
  readonly onQuit: (options: QuitOptions) => void;
  /** Folder for what cannot be copied through the terminal, and for recordings. */
  readonly folder: string;
  readonly sysRoot: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Everything the console does outside itself, over one connection. */
export function createConsolePorts(options: ConsolePortsOptions): ConsolePorts {
  const {reached, readStore, onQuit, folder, env} = options;
  return {
    send: (wish) => reached.client.send(wish),
    readEvent: (sequence) => reached.client.readEvent(sequence),
    execute: (line) => execute(line, options),
    complete: (line) => completeCommandLine(line, VERBS, namesIn(readStore)),
    goTo: (moment) => goTo(moment, reached.client, readStore),
    quit: onQuit,
    suspend: () =>
      new Promise((resolve) => {
        process.once('SIGCONT', () => resolve());
        process.kill(0, 'SIGTSTP');
      }),
    ...createConsoleRecorder(options),
    copy: (text) => Promise.resolve(copy(text, folder, env)),
    now: Date.now,
  };
}

/** Runs a line as the shell would, but over this connection and into lines. */
async function execute(line: string, {reached, readStore, signal}: ConsolePortsOptions) {
  const lines: string[] = [];
  const limit = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
  const world: CliWorld = {
    ...createCliWorld(limit),
    out: (text) => void lines.push(...text.split('\n')),
    err: (text) => void lines.push(...text.replace(/^cim-tui: /, '').split('\n')),
    status: undefined,
    ask: undefined,
    detaches: true,
    connect: () =>
      Promise.resolve({
        ...reached,
        client: guarded(reached.client, readStore),
        close: () => Promise.resolve(),
      }),
    serve: () => Promise.resolve(EXIT.usage),
    record: notHere,
    replay: notHere,
  };
  const parsed = parse(splitCommandLine(line));
  if (parsed.kind === 'console') {
    return {lines: ['this is the console already'], exitCode: EXIT.usage};
  }
  return {exitCode: await runParsed(parsed, world), lines};
}

/** What has a screen or an end of its own needs a shell of its own. */
const notHere = (): never => {
  throw new CimError('wrong-usage', 'not inside a console: run it in a shell');
};

/** What no key may do now, no line may do either. */
const guarded = (client: LeafClient, readStore: ReadStore): LeafClient => ({
  ...client,
  send(wish) {
    const refused = changeRefusal(readStore.newest());
    return refused === null
      ? client.send(wish)
      : Promise.resolve(refusalAnswer(wish.id ?? '', {refused}));
  },
});

function namesIn({store}: ReadStore): readonly string[] {
  const {inventory, containers} = store.getState();
  const ports = Object.values(inventory.ports).map(({label, name}) => label ?? name);
  const names = containers.list.map(({name}) => name);
  const jobs = Object.keys(inventory.jobs);
  return [...ports.sort(), ...Object.keys(inventory.roles).sort(), ...names.sort(), ...jobs];
}

/** The Linux console keeps no clipboard; other terminals are asked to take the text. */
function copy(text: string, folder: string, env: NodeJS.ProcessEnv): string {
  if (env.TERM === 'linux' || env.TERM === undefined || env.TERM.startsWith('vt')) {
    const path = join(folder, 'copied.txt');
    writeFileSync(path, `${text}\n`, {mode: 0o600});
    return path;
  }
  process.stdout.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`);
  return 'the clipboard of this terminal';
}
