import type {Answer, Commands, Envelope, Events, Live, Rows, State} from './messages.d.mts';

// These types are the published ones: dist/client has this file as it is, so it imports no room.

/** An event with the data of its type. */
export type LeafEvent = {
  readonly [Type in keyof Events]: Omit<Envelope, 'type' | 'data'> & {
    readonly type: Type;
    readonly data: Events[Type];
  };
}[keyof Events];

/** What stands at a sequence. What this client cannot read comes, too: nothing is left out. */
export type LeafMessage = {readonly sequence: number} & (
  | {readonly kind: 'event'; readonly event: LeafEvent}
  /** Of a type that a newer agent has written. */
  | {readonly kind: 'newer'; readonly envelope: Envelope}
  | {
      readonly kind: 'unreadable';
      readonly subject: string;
      readonly reason: string;
      readonly body: string;
    }
);

/** Rows of a query as of a sequence. */
export interface RowsAt<Row> {
  /** Of the newest event that the rows know of. */
  readonly sequence: number;
  /** ISO time of that event. */
  readonly time: string | null;
  readonly rows: readonly Row[];
}

export interface QueryOptions {
  /** Id or exact label: that row only. */
  readonly target?: string | undefined;
  /** As of a sequence, or an ISO time in UTC with milliseconds; left out: now. */
  readonly at?: number | string | undefined;
  /** The answer knows at least this sequence: that of a command's answer, to see what it did. */
  readonly seen?: number | undefined;
}

export interface CommandOptions {
  /** Sequence of what was looked at: refused with `changed-meanwhile` if it was changed later. */
  readonly seen?: number | undefined;
  /** UUID. Sent again under the same one, a command gets its first answer and is not done twice. */
  readonly id?: string | undefined;
}

export interface FollowOptions {
  /** First sequence that is wanted, 1 for all: one more than the last that was dealt with. */
  readonly from: number;
  /** Ends it. Left out: with the connection. */
  readonly signal?: AbortSignal | undefined;
}

/** One thing a service answers, and how it fared since the service started. */
export interface ServiceEndpoint {
  readonly name: string;
  readonly subject: string;
  /** null: each instance gets each request. */
  readonly queueGroup: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly requests: number;
  readonly errors: number;
  /** Empty: there was none. */
  readonly lastError: string;
  readonly averageMs: number;
}

/** One instance of a micro service. */
export interface Service {
  readonly name: string;
  readonly id: string;
  readonly version: string;
  readonly description: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** ISO time. */
  readonly started: string;
  readonly endpoints: readonly ServiceEndpoint[];
}

/** A leaf as a program uses it. Everything throws a `LeafError` when it gets no answer. */
export interface Leaf {
  readonly id: string;
  /** Under whose name commands are sent: the server allows no other. */
  readonly actor: string;
  /** Asks for something. A refusal is an answer, too: `ok` is false, and `code` says why. */
  command<Name extends keyof Commands>(
    name: Name,
    target: string,
    data: Commands[Name],
    options?: CommandOptions,
  ): Promise<Answer>;
  /** Every row of a view. */
  query<Name extends keyof Rows>(name: Name, options?: QueryOptions): Promise<RowsAt<Rows[Name]>>;
  /** The whole state now, or as of a sequence or time. */
  state(at?: number | string): Promise<{readonly sequence: number; readonly state: State}>;
  /**
   * Every message from a sequence on, each once and in order, for ever: over lost connections and
   * restarts of server and agent, too.
   */
  follow(options: FollowOptions): AsyncIterable<LeafMessage>;
  /** What stands at a sequence; undefined: nothing yet. */
  message(sequence: number): Promise<LeafMessage | undefined>;
  /** Live messages of a kind, which are not stored, until stopped. */
  onLive<Kind extends keyof Live>(
    kind: Kind,
    listener: (value: Live[Kind]) => void,
  ): {stop(): void};
  /** Micro services that answer `$SRV` where this leaf is. */
  services(): Promise<readonly Service[]>;
  /** Ends the connection, and what follows over it. */
  close(): Promise<void>;
}

/** Where the leaf is, and as whom to come. Nothing given: the leaf of this machine, as this user. */
export interface ConnectLeafOptions {
  /** Home of the leaf, as `--home` and CIM_HOME. */
  readonly home?: string | undefined;
  /** URL of the NATS server; then `leaf` is needed, too. */
  readonly nats?: string | undefined;
  /** Leaf id. */
  readonly leaf?: string | undefined;
  /** Path of a credentials file. */
  readonly creds?: string | undefined;
  /** Of each request; 5 s unless told. */
  readonly timeoutMs?: number | undefined;
}

/** Connects, and from then on reconnects by itself until `close`. */
export type ConnectLeaf = (options?: ConnectLeafOptions) => Promise<Leaf>;

/** Why there was no answer. */
export interface LeafError extends Error {
  /** `no-agent`, `nats-refused`, `time-is-up`, `leaf-not-yours`, … */
  readonly code: string;
}

/** True for what a leaf throws; of the given code when one is given. */
export type IsLeafError = (error: unknown, code?: string) => error is LeafError;
