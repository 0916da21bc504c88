import type {LeafClient} from '#client/leaf-client.ts';
import type {StoredMessage} from '#domain/message.ts';

/** The world of one command line: what it may print, ask and reach. Made by the composition root. */
export interface CliWorld {
  /** A line on stdout: with --json nothing but JSON goes there. */
  out(line: string): void;
  /** A line for people on stderr. */
  err(line: string): void;
  /**
   * One line for people on the terminal that is written anew; null: taken away. Undefined: there is
   * no terminal.
   */
  readonly status?: ((line: string | null) => void) | undefined;
  /** Asks a yes-or-no question on the terminal; undefined: there is none. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
  /** Asks for a line of text on the terminal; undefined: there is none. */
  readonly askWord?: ((question: string) => Promise<string>) | undefined;
  /** Reaches the leaf. @throws CimError `no-agent`, `nats-refused`, `leaf-not-yours` */
  connect(globals: Globals): Promise<Connected>;
  /** Runs the service layer in this process until it ends. */
  serve(globals: Globals, request: ServeRequest): Promise<number>;
  /**
   * Records this machine until Ctrl-C or its time is up.
   * @throws CimError `file-exists`, `file-failed`, `permission-denied`
   */
  record(globals: Globals, request: RecordRequest): Promise<RecordSummary>;
  /**
   * Plays a recording, on the console where there is a terminal. Resolves with the exit code.
   * @throws CimError `file-failed`, `bad-recording`
   */
  replay(globals: Globals, request: ReplayRequest): Promise<number>;
  /** Programs that may use the leaf; only for who owns its home. */
  programs(globals: Globals): Promise<Programs>;
  /** The text of a file; `-`: of stdin. @throws CimError `file-failed` */
  readText(path: string): Promise<string>;
  /** The checks of `doctor`, one after the other. */
  checks(globals: Globals): AsyncIterable<Check>;
  /** A job that was accepted is left to itself: there is no time to follow it. */
  readonly detaches?: boolean;
  /** A new id for a command. */
  messageId(): string;
  /** Milliseconds since 1970, for ages in text. */
  now(): number;
  readonly version: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** An open connection and how it came about. */
export interface Connected {
  readonly client: LeafClient;
  readonly url: string;
  readonly credsPath: string | null;
  close(): Promise<void>;
}

export interface ServeRequest {
  /** undefined: it does not end by itself. */
  readonly lingerSeconds: number | undefined;
  /** false: where this home is served already it ends with `home-in-use`. */
  readonly mayStandBy: boolean;
}

export interface RecordRequest {
  /** `-`: stdout. */
  readonly path: string;
  readonly isMasked: boolean;
  /** undefined: until Ctrl-C. */
  readonly seconds: number | undefined;
  /** A line on how it goes. */
  say(line: string): void;
}

/** A recording that is whole. */
export interface RecordSummary {
  readonly file: string;
  readonly records: number;
  /** Uevents that the kernel dropped before they could be read. */
  readonly drops: number;
  readonly seconds: number;
  readonly masked: boolean;
}

export interface ReplayRequest {
  readonly path: string;
  /** undefined: as it was on the console, as fast as it can elsewhere. */
  readonly speed: number | 'max' | undefined;
  /** The recording has no end: what is there takes so many seconds. */
  onCut(seconds: number): void;
  /** Each event that would be stored, where there is no console. */
  onStored(message: StoredMessage): void;
}

export interface Programs {
  /**
   * Gives one credentials and a durable consumer; those that are there are kept.
   * @throws CimError `permission-denied`, `no-agent`, `store-failed`
   */
  admit(request: ProgramRequest): Promise<AdmittedProgram>;
  /** Every one that was admitted. @throws CimError as `admit` */
  list(): Promise<readonly ProgramState[]>;
}

export interface ProgramRequest {
  readonly name: string;
  /** Aggregates whose events it gets; none named: all. */
  readonly only: readonly string[];
  readonly from: 'all' | 'new';
}

/** How far a program is with the events. */
export interface ProgramState {
  readonly name: string;
  readonly only: readonly string[];
  /** Sequence up to which it is done with everything. */
  readonly acknowledged: number;
  /** Handed out and not acknowledged. */
  readonly unacknowledged: number;
  /** Not handed out yet. */
  readonly pending: number;
}

export interface AdmittedProgram extends ProgramState {
  /** The name that its credentials were made for. */
  readonly actor: string;
  /** Path of its credentials. */
  readonly creds: string;
  readonly stream: string;
  readonly consumer: string;
}

/** One finding of `doctor`. */
export interface Check {
  readonly check: string;
  readonly result: 'pass' | 'warn' | 'fail' | 'skip';
  readonly detail: string;
  readonly remedy: string | null;
}

/** Options that every command takes. */
export interface Globals {
  readonly json: boolean;
  readonly home: string | undefined;
  readonly nats: string | undefined;
  readonly creds: string | undefined;
  readonly leaf: string | undefined;
  readonly timeoutMs: number;
  readonly id: string | undefined;
  /** Sequence of the picture that was looked at before. */
  readonly seen: number | undefined;
  /** `--yes`: true; `--yes=LABEL`: the label. */
  readonly yes: string | boolean;
  readonly filter: string | undefined;
}

/** A verb's own arguments, read. */
export interface VerbArguments {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean>>;
}

export interface Invocation {
  readonly world: CliWorld;
  readonly globals: Globals;
  readonly args: VerbArguments;
}

export interface VerbWord {
  readonly name: string;
  readonly isOptional?: boolean;
}

export interface VerbOption {
  readonly name: string;
  /** Name of its value in the help; an option without one is a switch. */
  readonly value?: string;
  readonly summary: string;
}

/** One thing the command line can do. */
export interface Verb {
  /** `['port', 'list']`. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly words: readonly VerbWord[];
  readonly options: readonly VerbOption[];
  /** Resolves with the exit code. */
  run(invocation: Invocation): Promise<number>;
}

/** Exit codes: CLI.md. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  noAnswer: 4,
  timeIsUp: 5,
  interrupted: 130,
} as const;

/** Connects, runs, and always closes. */
export async function withLeaf<T>(
  {world, globals}: Invocation,
  use: (connected: Connected) => Promise<T>,
): Promise<T> {
  const connected = await world.connect(globals);
  try {
    return await use(connected);
  } finally {
    await connected.close();
  }
}
