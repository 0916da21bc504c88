import type {MessageBus} from 'dbus-native';

import {CimError} from '#domain/errors.ts';

/** A method to call. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string | undefined;
  readonly body?: readonly unknown[] | undefined;
  /** Starts the service that is called where it does not run. */
  readonly startsService?: boolean | undefined;
}

export interface BusSignal {
  readonly interface: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

export interface SystemBusOptions {
  /** As D-Bus writes it: `unix:path=/run/dbus/system_bus_socket`. */
  readonly address: string;
  /** Called with each signal that comes; `watch` asks for them. */
  readonly onSignal: (signal: BusSignal) => void;
  /** The connection has ended, and not by `close`. */
  readonly onLost: (reason: string) => void;
  /** Of each call. systemd's services answer in milliseconds, machined has started in a second. */
  readonly timeLimitMs?: number | undefined;
}

/** A connection to the system bus. Calls have a time limit, and end with the connection. */
export interface SystemBus {
  /** The value of the answer. Fails with an error that has the bus's name for it. */
  call(call: BusCall, signal: AbortSignal): Promise<unknown>;
  /** Asks for the signals that fit a rule. */
  watch(rule: string, signal: AbortSignal): Promise<void>;
  unwatch(rule: string, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** The bus's name of an error that a service, or the bus itself, has answered with. */
export function answeredError(error: unknown): string | undefined {
  const name = error instanceof Error && 'dbusName' in error ? error.dbusName : undefined;
  const isAnswer = typeof name === 'string' && !/\.(NoReply|Disconnected)$/.test(name);
  return isAnswer ? name : undefined;
}

const TIME_LIMIT_MS = 5000;
/** Of the protocol: the type of a signal, and the flag that calls only what runs already. */
const SIGNAL = 4;
const NO_AUTO_START = 2;

const DAEMON = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;

/** Connects. @throws CimError `no-system-bus` */
export async function openSystemBus(
  options: SystemBusOptions,
  signal: AbortSignal,
): Promise<SystemBus> {
  const {address, onSignal, onLost} = options;
  // Loaded late: it takes 35 ms, which nobody's first screen has to wait for. CommonJS: bundled,
  // it has no names beside its default.
  const {default: dbus} = await import('dbus-native');
  const client = createClient(dbus, options);
  const {connection} = client;
  let state: 'opening' | 'open' | 'closed' = 'opening';
  let reason: string | undefined;
  const close = (): void => {
    state = 'closed';
    connection.stream.destroy(); // an orderly end would wait for a bus that may not answer
  };
  connection.on('error', (error: Error) => {
    reason = error.message;
    connection.stream.destroy();
  });
  const lose = (): void => {
    if (state === 'open') {
      close();
      onLost(`${address}: ${reason ?? 'the bus has closed the connection'}`);
    }
  };
  connection.on('end', lose); // calls under way fail right after it
  connection.on('close', lose);
  connection.on('message', ({type, interface: from = '', member = '', body = []}) => {
    if (type === SIGNAL && state !== 'closed') {
      onSignal({interface: from, member, body});
    }
  });
  const call: SystemBus['call'] = async (called, until) =>
    await client.invoke<unknown>(invocationOf(called), {signal: until});
  const match = async (member: string, rule: string, until: AbortSignal): Promise<void> => {
    await call({...DAEMON, member, signature: 's', body: [rule]}, until);
  };
  try {
    await call({...DAEMON, member: 'Hello'}, signal);
  } catch (error) {
    close();
    signal.throwIfAborted();
    throw noSystemBus(address, reason ?? messageOf(error), error);
  }
  state = 'open';
  return {
    call,
    watch: (rule, until) => match('AddMatch', rule, until),
    unwatch: (rule, until) => match('RemoveMatch', rule, until),
    close,
  };
}

/** Not connected yet: what is wrong beyond its address comes as the connection's events. */
function createClient(
  dbus: Pick<typeof import('dbus-native'), 'createClient'>,
  {address, timeLimitMs = TIME_LIMIT_MS}: SystemBusOptions,
): MessageBus {
  try {
    return dbus.createClient({
      busAddress: address,
      timeout: timeLimitMs,
      authMethods: ['EXTERNAL'],
      fdTransport: false,
      direct: true, // a Hello of its own that fails is thrown where nobody can catch it
    });
  } catch (error) {
    throw noSystemBus(address, messageOf(error), error);
  }
}

const noSystemBus = (address: string, reason: string, cause: unknown): CimError =>
  new CimError('no-system-bus', `${address}: ${reason}`, {cause});

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const invocationOf = ({startsService, body = [], signature, ...to}: BusCall) => ({
  ...to,
  ...(signature === undefined ? {} : {signature}),
  body: [...body],
  flags: startsService === true ? 0 : NO_AUTO_START,
});
