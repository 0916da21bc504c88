import {createAnswerBook} from '../answers.ts';
import {startDispatch} from '../dispatch.ts';
import {type Journal, openJournal} from '../journal.ts';
import {createMicro} from '../micro.ts';
import {createPast} from '../past.ts';
import {stakeOf} from '../port/stake.ts';
import {startPresence} from '../presence.ts';
import {startQueries} from '../queries.ts';
import {createReached} from '../reached.ts';
import {readEvent} from '../read-event.ts';
import {USE_CASES} from '../registry.ts';
import {keepSnapshot, newestSnapshot} from '../snapshots.ts';
import {causeFrom} from '../stored-cause.ts';
import {QUERIES} from '../views.ts';
import {startFacts, stopFacts} from './life.ts';
import type {LeafServiceOptions} from './options.ts';
import {createParts} from './parts.ts';

/** A running service layer. */
export interface LeafService {
  readonly journal: Journal;
  /** Milliseconds of the monotonic clock at which a client last asked anything. */
  lastAsked(): number;
  /** Ends everything in reverse order; the last event says why. */
  stop(reason: 'signal' | 'linger'): Promise<void>;
}

/**
 * Starts the service layer of a leaf whose lease is held: the state is read from the store, the
 * start is stored, devices are enumerated, and from then on requests are answered. An abort ends
 * what it does by itself, without another word: the lease is lost.
 */
export async function startLeafService(
  options: LeafServiceOptions,
  signal: AbortSignal,
): Promise<LeafService> {
  const {agent, store, log} = options;
  const {leafId} = agent;
  const head = await store.open(signal);
  const answers = createAnswerBook();
  const reached = createReached(options.clock);
  const journal = await openJournal({
    ...options,
    leafId,
    bootId: agent.bootId,
    signal,
    from: await newestSnapshot(options, head.sequence),
    onApplied(message) {
      reached.applied(message.sequence);
      options.onStored?.(message);
      parts?.onStored(message);
    },
    onRead: (sequence) => options.onReading?.(sequence, head.sequence),
    onMilestone: (inventory) => keepSnapshot(options, inventory),
  });
  reached.applied(journal.inventory().sequence);
  let parts: ReturnType<typeof createParts> | undefined;
  const started = await journal.submit((inventory) => startFacts(inventory, agent), {});
  parts = createParts({...options, startedBy: causeFrom(started, undefined)}, journal, signal);
  signal.addEventListener('abort', parts.halt, {once: true});
  await parts.watch.start(signal);
  await parts.jobs.start();
  await parts.controller.start();
  signal.throwIfAborted();
  const answering = startAnswering({options, journal, answers, reached, parts}, signal);
  parts.live.start();
  parts.users.start();
  parts.host.start();
  parts.containers.start();
  parts.roles.start();
  log.info(`leaf ${leafId} is served, ${journal.inventory().sequence} events stored`);
  const {halt} = parts;
  return {
    journal,
    lastAsked: answering.lastAsked,
    async stop(reason) {
      answering.stop();
      await halt();
      await journal.submit(() => stopFacts(agent, reason), {});
      await journal.settled();
    },
  };
}

interface Answering {
  readonly options: LeafServiceOptions;
  readonly journal: Journal;
  readonly answers: ReturnType<typeof createAnswerBook>;
  readonly reached: ReturnType<typeof createReached>;
  readonly parts: ReturnType<typeof createParts>;
}

/** Commands and queries, and who asks them. */
function startAnswering(
  {options, journal, answers, reached, parts}: Answering,
  signal: AbortSignal,
) {
  const {leafId, version} = options.agent;
  const presence = startPresence({...options, leafId});
  const micro = createMicro({...options, leafId, version, useCases: USE_CASES, queries: QUERIES});
  const {bus} = micro;
  const dispatch = startDispatch({
    ...options,
    bus,
    leafId,
    journal,
    answers,
    useCases: options.useCases ?? USE_CASES,
    readEvent: (reference) => readEvent(options.store, reference, signal),
    stakeOf: (origin) => stakeOf({...options, users: parts.users, signal}, origin),
    onAsked: presence.asked,
  });
  const queries = startQueries({
    ...options,
    bus,
    leafId,
    queries: QUERIES,
    picture: parts.picture,
    past: createPast({...options, now: () => journal.inventory(), signal}),
    reached: reached.wait,
    onAsked: presence.asked,
  });
  micro.start();
  return {
    lastAsked: presence.lastAsked,
    stop() {
      micro.stop();
      presence.stop();
      queries.stop();
      dispatch.stop();
    },
  };
}
