/** A message as it came: body and headers (names as sent, first value each). */
export interface BusMessage {
  readonly subject: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export interface BusRequestOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface BusAskAllOptions extends BusRequestOptions {
  /** Who has not answered so long after the last answer will not. */
  readonly silenceMs: number;
}

/** What a responder sends back. */
export interface BusReply {
  readonly body: Uint8Array;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface BusSubscription {
  /** Ends it; messages under way are dropped. */
  stop(): void;
}

/** live: the server hears us · lost: it does not, since `since` (ISO time); reconnecting by itself. */
export type BusStatus = {readonly kind: 'live'} | {readonly kind: 'lost'; readonly since: string};

/** Messages between programs, nothing stored. */
export interface Bus {
  /**
   * One request, one answer. @throws CimError `no-agent` (nobody listens), `time-is-up`,
   * `nats-refused` (not permitted), `nats-failed`
   */
  request(subject: string, body: Uint8Array, options: BusRequestOptions): Promise<BusMessage>;
  /**
   * One request, the answer of everybody who hears it, until there is silence or the time is up.
   * @throws CimError as `request`; `time-is-up` only when nobody has answered
   */
  requestAll(
    subject: string,
    body: Uint8Array,
    options: BusAskAllOptions,
  ): Promise<readonly BusMessage[]>;
  publish(subject: string, body: Uint8Array): void;
  /** Subject may hold `*` and `>`. With a queue, one of its members gets each message. */
  subscribe(
    subject: string,
    listener: (message: BusMessage) => void,
    queue?: string,
  ): BusSubscription;
  /** Answers requests; a handler that throws is logged and its caller runs into the time limit. */
  respond(
    subject: string,
    handler: (message: BusMessage) => Promise<BusReply>,
    queue?: string,
  ): BusSubscription;
  status(): BusStatus;
  onStatus(listener: (status: BusStatus) => void): BusSubscription;
  /** One round trip to the server, in ms: its time limit is 5 s. @throws CimError `time-is-up` */
  roundTrip(): Promise<number>;
  /** Sends what waits, then ends the connection. */
  close(): Promise<void>;
}
