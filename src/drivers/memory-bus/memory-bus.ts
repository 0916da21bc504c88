import type {
  Bus,
  BusAskAllOptions,
  BusMessage,
  BusReply,
  BusRequestOptions,
  BusStatus,
  BusSubscription,
} from '#contracts/bus.ts';
import type {Log} from '#contracts/log.ts';
import {CimError} from '#domain/errors.ts';
import {matchesSubject} from './subject-match.ts';

/** What stands for the server: buses on one hub hear each other. */
export interface MemoryBusHub {
  readonly members: Set<Member>;
  /** Cuts the line or mends it, as a server that stops and comes back. */
  setLive(isLive: boolean): void;
  status(): BusStatus;
  readonly statusListeners: Set<(status: BusStatus) => void>;
}

interface Member {
  readonly pattern: string;
  readonly queue: string | undefined;
  readonly deliver: (message: BusMessage, reply: Reply | undefined) => void;
}

type Reply = (answer: BusReply) => void;

export interface MemoryBusOptions {
  readonly log: Log;
  readonly hub?: MemoryBusHub | undefined;
}

/** A place where buses meet. */
export function createMemoryBusHub(): MemoryBusHub {
  let status: BusStatus = {kind: 'live'};
  const statusListeners = new Set<(status: BusStatus) => void>();
  return {
    members: new Set(),
    statusListeners,
    status: () => status,
    setLive(isLive) {
      status = isLive ? {kind: 'live'} : {kind: 'lost', since: new Date().toISOString()};
      for (const listener of [...statusListeners]) {
        listener(status);
      }
    },
  };
}

/** The bus in one process, as NATS delivers: by subject, one member of a queue, never in the call. */
export function createMemoryBus({log, hub = createMemoryBusHub()}: MemoryBusOptions): Bus {
  const own = new Set<Member>();
  const add = (member: Member): BusSubscription => {
    own.add(member);
    hub.members.add(member);
    return {stop: () => hub.members.delete(member)};
  };
  return {
    request: (subject, body, options) => request(hub, {subject, body, headers: {}}, options),
    requestAll: (subject, body, options) => requestAll(hub, {subject, body, headers: {}}, options),
    publish: (subject, body) => void deliver(hub, {subject, body, headers: {}}),
    subscribe: (pattern, listener, queue) => add({pattern, queue, deliver: guarded(listener, log)}),
    respond: (pattern, handler, queue) => add({pattern, queue, deliver: answering(handler, log)}),
    status: hub.status,
    onStatus(listener) {
      hub.statusListeners.add(listener);
      return {stop: () => hub.statusListeners.delete(listener)};
    },
    async roundTrip() {
      if (hub.status().kind === 'lost') {
        throw new CimError('time-is-up', 'round trip on the memory bus');
      }
      return 0;
    },
    async close() {
      for (const member of own) {
        hub.members.delete(member);
      }
    },
  };
}

async function request(
  hub: MemoryBusHub,
  message: BusMessage,
  {timeoutMs, signal}: BusRequestOptions,
): Promise<BusMessage> {
  const {promise, resolve, reject} = Promise.withResolvers<BusMessage>();
  const giveUp = (cause?: unknown) =>
    reject(new CimError('time-is-up', `request ${message.subject}`, {cause}));
  const onAbort = () => giveUp(signal?.reason);
  const timer = setTimeout(giveUp, timeoutMs);
  signal?.addEventListener('abort', onAbort, {once: true});
  if (signal?.aborted) {
    onAbort();
  }
  const reply: Reply = ({body, headers = {}}) =>
    resolve({subject: `_INBOX.${message.subject}`, body, headers});
  if (!deliver(hub, message, reply)) {
    reject(new CimError('no-agent', `request ${message.subject}: nobody listens`));
  }
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

async function requestAll(
  hub: MemoryBusHub,
  message: BusMessage,
  {timeoutMs, signal, silenceMs}: BusAskAllOptions,
): Promise<readonly BusMessage[]> {
  const {promise, resolve, reject} = Promise.withResolvers<void>();
  const answers: BusMessage[] = [];
  const timeIsUp = (cause?: unknown) =>
    reject(new CimError('time-is-up', `request ${message.subject}`, {cause}));
  const onAbort = () => timeIsUp(signal?.reason);
  const limit = setTimeout(() => (answers.length === 0 ? timeIsUp() : resolve()), timeoutMs);
  let silence: NodeJS.Timeout | undefined;
  signal?.addEventListener('abort', onAbort, {once: true});
  if (signal?.aborted) {
    onAbort();
  }
  const reply: Reply = ({body, headers = {}}) => {
    answers.push({subject: `_INBOX.${message.subject}`, body, headers});
    clearTimeout(silence);
    silence = setTimeout(resolve, silenceMs);
  };
  if (!deliver(hub, message, reply)) {
    reject(new CimError('no-agent', `request ${message.subject}: nobody listens`));
  }
  try {
    await promise;
    return answers;
  } finally {
    clearTimeout(limit);
    clearTimeout(silence);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** True when somebody was there to hear it, or the line is cut and nobody can know. */
function deliver(hub: MemoryBusHub, message: BusMessage, reply?: Reply): boolean {
  if (hub.status().kind === 'lost') {
    return true;
  }
  const fitting = [...hub.members].filter(({pattern}) => matchesSubject(pattern, message.subject));
  const alone = fitting.filter(({queue}) => queue === undefined);
  const queues = Map.groupBy(
    fitting.filter(({queue}) => queue !== undefined),
    ({queue}) => queue,
  );
  const chosen = [...queues.values()].flatMap((members) => pickOne(hub, members));
  for (const member of [...alone, ...chosen]) {
    queueMicrotask(() => {
      if (hub.members.has(member)) {
        member.deliver(message, reply);
      }
    });
  }
  return fitting.length > 0;
}

/** One of a queue's members, each in turn: the chosen one goes to the end of the line. */
function pickOne(hub: MemoryBusHub, members: readonly Member[]): readonly Member[] {
  const [first] = members;
  if (first === undefined) {
    return [];
  }
  hub.members.delete(first);
  hub.members.add(first);
  return [first];
}

const guarded =
  (listener: (message: BusMessage) => void, log: Log): Member['deliver'] =>
  (message) => {
    try {
      listener(message);
    } catch (error) {
      log.error(`hear ${message.subject}`, error);
    }
  };

const answering =
  (handler: (message: BusMessage) => Promise<BusReply>, log: Log): Member['deliver'] =>
  (message, reply) => {
    handler(message).then(reply ?? (() => undefined), (error: unknown) =>
      log.error(`answer ${message.subject}`, error),
    );
  };
