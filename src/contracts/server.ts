/** Where a NATS server listens and how to get in. */
export interface ServerAddress {
  readonly url: string;
  /** Path of the credentials file, or null where the server asks for none of ours. */
  readonly credsPath: string | null;
}

export type ServerNotice =
  | {readonly kind: 'ended'; readonly reason: string; readonly restartInMs: number}
  | {readonly kind: 'recovering'; readonly elapsedMs: number}
  | {readonly kind: 'ready'; readonly recoveryMs: number};

/** A nats-server of the leaf's own, as a child on loopback. It never outlives us. */
export interface EmbeddedServer {
  /**
   * Makes keys and configuration where they are missing, starts the server and waits until it is
   * ready, however long its recovery takes. If it dies later it comes back with back-off.
   * @throws CimError `nats-server-failed`, `nats-too-old`, `port-in-use`
   */
  start(onNotice: (notice: ServerNotice) => void, signal: AbortSignal): Promise<ServerAddress>;
  /** Ends it in order. */
  stop(): Promise<void>;
}

/** Credentials files for people and programs, by role. */
export interface CredentialIssuer {
  /**
   * Writes `console` credentials for an actor, 0600, owned by uid, and returns the path.
   * Still valid ones are kept.
   */
  issueConsole(
    actor: string,
    path: string,
    owner: {uid: number; gid: number} | null,
  ): Promise<void>;
}
