import type {Bus, BusMessage, BusReply} from '#contracts/bus.ts';
import type {Clock} from '#contracts/clock.ts';
import type {Codec} from '#contracts/codec.ts';
import type {IdSource} from '#contracts/ids.ts';
import type {Log} from '#contracts/log.ts';
import {
  type Answer,
  CommandRequest,
  type EventReference,
  type Origin,
  refusalAnswer,
} from '#domain/command.ts';
import type {Recorded} from '#domain/envelope.ts';
import {ERROR_TEXTS, isCimError} from '#domain/errors.ts';
import {idFromToken} from '#domain/ids.ts';

import type {AnswerBook} from './answers.ts';
import type {Outcome} from './decide.ts';
import {alsoLookUp} from './event/undo.ts';
import {explainRefusal} from './explain-refusal.ts';
import type {Journal} from './journal.ts';
import type {Cause} from './stamp.ts';
import type {Lookup, Stake, UseCase, Verdict} from './use-case.ts';

export interface DispatchOptions {
  readonly leafId: string;
  readonly bus: Bus;
  readonly codec: Codec;
  readonly ids: IdSource;
  readonly clock: Pick<Clock, 'iso'>;
  readonly log: Log;
  readonly journal: Journal;
  readonly answers: AnswerBook;
  readonly useCases: readonly UseCase[];
  /** A stored event: the one that a wish names, or that stands in its way. */
  readonly readEvent: (reference: EventReference) => Promise<Recorded | undefined>;
  /** Who uses the hardware just now, and by which way a wish came: what it could cut off. */
  readonly stakeOf?: ((origin: Origin) => Promise<Stake>) | undefined;
  /** Called at each request, so that the agent knows somebody is there. */
  readonly onAsked: () => void;
}

/** Answers commands on the bus until stopped. The actor is the subject's token: a fact. */
export function startDispatch(options: DispatchOptions): {stop(): void} {
  const running = new Map<string, Promise<Answer>>();
  const subject = `cim.${options.leafId}.commands.*.*.*`;
  return options.bus.respond(subject, async (message) => {
    options.onAsked();
    const answer = await answerMessage(options, running, message);
    return replyWith(options.codec, answer);
  });
}

async function answerMessage(
  options: DispatchOptions,
  running: Map<string, Promise<Answer>>,
  message: BusMessage,
): Promise<Answer> {
  const {ids, codec, answers} = options;
  const [, , , actorToken = '', aggregate, verb] = message.subject.split('.');
  const body = message.body.length === 0 ? {target: ''} : codec.decode(message.body);
  const request = CommandRequest.safeParse(body);
  if (!request.success) {
    const [issue] = request.error.issues;
    const detail = body === undefined ? 'not JSON' : `${issue?.path.join('.')}: ${issue?.message}`;
    return refusalAnswer(ids.messageId(), {refused: 'bad-request', detail});
  }
  const id = request.data.id ?? ids.messageId();
  const useCase = options.useCases.find(
    ({command}) => command.aggregate === aggregate && command.verb === verb,
  );
  if (useCase === undefined) {
    return refusalAnswer(id, {refused: 'unknown-command', detail: `${aggregate} ${verb}`});
  }
  const {target, data} = request.data;
  const digest = codec.digest([message.subject, target, data]);
  if (data.dryRun !== true && !answers.isSame(id, digest, options.journal.inventory())) {
    return refusalAnswer(id, {
      refused: 'bad-request',
      detail: 'this id belongs to another command',
    });
  }
  const first = answers.find(id, options.journal.inventory()) ?? running.get(id);
  if (first !== undefined) {
    return first;
  }
  const actor = idFromToken(actorToken) ?? actorToken;
  const answer = carryOut(options, useCase, {...request.data, id, digest}, actor);
  running.set(id, answer);
  try {
    return await answer;
  } finally {
    running.delete(id);
  }
}

type IdentifiedRequest = CommandRequest & {readonly id: string; readonly digest: string};

async function carryOut(
  options: DispatchOptions,
  useCase: UseCase,
  request: IdentifiedRequest,
  actor: string,
): Promise<Answer> {
  const {journal, answers, log} = options;
  const {id, target, data, seen} = request;
  try {
    const lookup = await lookUp(options, useCase, request);
    const wish = {id, target, data, seen};
    if (data.dryRun === true) {
      return await dryRun(id, useCase.decide(journal.inventory(), wish, lookup), options);
    }
    const outcome = await journal.submit(
      (inventory) => useCase.decide(inventory, wish, lookup),
      causeOf({request, actor, event: lookup.event}),
    );
    const answer = await answerOf(id, outcome, options);
    if (!answer.ok) {
      answers.remember(answer);
    }
    return answer;
  } catch (error) {
    log.error(`${useCase.command.name} on ${target}`, error);
    const refused = isCimError(error) ? error.code : 'store-failed';
    return refusalAnswer(id, {refused});
  }
}

/** The event that a wish names, when it names one, and what its decision needs beside it. */
async function lookUp(
  {readEvent, stakeOf, clock}: DispatchOptions,
  {command}: UseCase,
  {target, origin = {}}: IdentifiedRequest,
): Promise<Lookup> {
  const isNamed = command.aggregate === 'event' && /^[1-9]\d{0,14}$/.test(target);
  const event = isNamed ? await readEvent({sequence: Number(target)}) : undefined;
  const reference = event === undefined ? undefined : alsoLookUp(event);
  const isChange = event?.event.type === 'cim.port.change-requested.v1';
  const stake = command.hasOutcome === true || isChange ? await stakeOf?.(origin) : undefined;
  const newer = reference === undefined ? undefined : await readEvent(reference);
  return {event, newer, stake, time: clock.iso()};
}

async function dryRun(
  id: string,
  verdict: Verdict,
  options: Pick<DispatchOptions, 'journal' | 'readEvent' | 'log'>,
): Promise<Answer> {
  if ('refused' in verdict) {
    return refusalAnswer(id, await explainRefusal(verdict, options));
  }
  const would = verdict.map(({type, subject, data}) => ({type, subject, data: {...data}}));
  return {ok: true, id, events: [], sequence: options.journal.inventory().sequence, would};
}

const answerOf = async (
  id: string,
  outcome: Outcome,
  options: Pick<DispatchOptions, 'journal' | 'readEvent' | 'log'>,
): Promise<Answer> =>
  outcome.kind === 'refused'
    ? refusalAnswer(id, await explainRefusal(outcome, options))
    : {ok: true, id, events: [...outcome.events], sequence: outcome.sequence};

/** After a command the cause is the command; one about an event follows from that event, too. */
function causeOf({
  request,
  actor,
  event,
}: {
  readonly request: IdentifiedRequest;
  readonly actor: string;
  readonly event: Recorded | undefined;
}): Cause {
  const {id, digest} = request;
  const origin: Origin = request.origin ?? {};
  return {
    correlationid: id,
    causationid: id,
    actor,
    commanddigest: digest,
    channel: request.channel ?? 'nats',
    ...(event === undefined ? {} : {causationsequence: String(event.sequence)}),
    ...(origin.kind === undefined ? {} : {originkind: origin.kind}),
    ...(origin.tty === undefined ? {} : {origintty: origin.tty}),
    ...(origin.uid === undefined ? {} : {originuid: origin.uid}),
    ...(origin.address === undefined ? {} : {originaddress: origin.address}),
    ...(origin.key === undefined ? {} : {originkey: origin.key}),
  };
}

/** An answer on the wire; a refusal also sets the micro-service error headers. */
export function replyWith(codec: Codec, answer: Answer): BusReply {
  const body = codec.encode(answer);
  if (answer.ok) {
    return {body};
  }
  const text = Object.entries(ERROR_TEXTS).find(([code]) => code === answer.code)?.[1];
  return {
    body,
    headers: {
      'Nats-Service-Error': text?.sentence ?? answer.code,
      'Nats-Service-Error-Code': answer.code,
    },
  };
}
