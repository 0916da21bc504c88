import {type MsgHdrs, type NatsConnection, PermissionViolationError} from '@nats-io/transport-node';

import type {BusStatus, BusSubscription} from '#contracts/bus.ts';
import {CimError} from '#domain/errors.ts';
import {untilAborted} from './until-aborted.ts';

export interface LinkRequestOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly headers?: MsgHdrs | undefined;
}

/** One message as it came back. */
export interface LinkAnswer {
  readonly body: Uint8Array;
  readonly headers: MsgHdrs | undefined;
}

/** A connection that comes back by itself, and knows whether it is up. Made by `connectNats`. */
export interface NatsLink {
  readonly connection: NatsConnection;
  readonly inboxPrefix: string;
  status(): BusStatus;
  onStatus(listener: (status: BusStatus) => void): BusSubscription;
  /** Hears what the server refuses: a subject that these credentials may not use. */
  onRefused(listener: (refusal: PermissionViolationError) => void): BusSubscription;
  /** Resolves when the server hears us. Rejects when aborted, or closed for good. */
  untilLive(signal: AbortSignal): Promise<void>;
  /** One request. A connection lost meanwhile ends it at once, its outcome unknown. */
  request(
    subject: string,
    body: Uint8Array | string,
    options: LinkRequestOptions,
  ): Promise<LinkAnswer>;
  /** Aborts when the present connection is lost. */
  lost(): AbortSignal;
}

interface LinkState {
  status: BusStatus;
  lost: AbortController;
  readonly closed: AbortController;
  readonly listeners: Set<(status: BusStatus) => void>;
  readonly refusalListeners: Set<(refusal: PermissionViolationError) => void>;
}

/** Watches a connection's ups and downs. */
export function createNatsLink(connection: NatsConnection, inboxPrefix = '_INBOX'): NatsLink {
  const state: LinkState = {
    status: {kind: 'live'},
    lost: new AbortController(),
    closed: new AbortController(),
    listeners: new Set(),
    refusalListeners: new Set(),
  };
  void watch(connection, state);
  return {
    connection,
    inboxPrefix,
    status: () => state.status,
    onStatus(listener) {
      state.listeners.add(listener);
      return {stop: () => state.listeners.delete(listener)};
    },
    onRefused(listener) {
      state.refusalListeners.add(listener);
      return {stop: () => state.refusalListeners.delete(listener)};
    },
    untilLive: (signal) => untilLive(state, signal),
    async request(subject, body, {timeoutMs, signal, headers}) {
      const options = {timeout: timeoutMs, ...(headers === undefined ? {} : {headers})};
      const work = connection.request(subject, body, options);
      const answer = await untilAborted(work, signal, state.lost.signal);
      return {body: answer.data, headers: answer.headers};
    },
    lost: () => state.lost.signal,
  };
}

async function watch(connection: NatsConnection, state: LinkState): Promise<void> {
  for await (const event of connection.status()) {
    if (event.type === 'disconnect' || event.type === 'close') {
      setLost(state, event.type);
    } else if (event.type === 'reconnect') {
      state.lost = new AbortController();
      setStatus(state, {kind: 'live'});
    } else if (event.type === 'error' && event.error instanceof PermissionViolationError) {
      for (const listener of [...state.refusalListeners]) {
        listener(event.error);
      }
    }
  }
  setLost(state, 'close');
  state.closed.abort(new CimError('nats-failed', 'the connection to the NATS server was closed'));
}

function setLost(state: LinkState, how: string): void {
  if (state.status.kind === 'lost') {
    return;
  }
  setStatus(state, {kind: 'lost', since: new Date().toISOString()});
  state.lost.abort(new CimError('nats-failed', `connection to the NATS server: ${how}`));
}

function setStatus(state: LinkState, status: BusStatus): void {
  state.status = status;
  for (const listener of [...state.listeners]) {
    listener(status);
  }
}

async function untilLive(state: LinkState, signal: AbortSignal): Promise<void> {
  if (state.status.kind === 'live') {
    return;
  }
  const live = Promise.withResolvers<void>();
  const onStatus = (status: BusStatus) => {
    if (status.kind === 'live') {
      live.resolve();
    }
  };
  state.listeners.add(onStatus);
  try {
    await untilAborted(live.promise, signal, state.closed.signal);
  } finally {
    state.listeners.delete(onStatus);
  }
}
