import type {Bus, BusMessage, BusReply} from '#contracts/bus.ts';
import type {Codec} from '#contracts/codec.ts';
import type {IdSource} from '#contracts/ids.ts';
import type {Log} from '#contracts/log.ts';
import {type Answer, CommandRequest, type Origin, refusalAnswer} from '#domain/command.ts';
import type {Recorded} from '#domain/envelope.ts';
import {ERROR_TEXTS, isCimError} from '#domain/errors.ts';
import {idFromToken} from '#domain/ids.ts';

import type {AnswerBook} from './answers.ts';
import type {Journal, Outcome} from './journal.ts';
import type {Cause} from './stamp.ts';
import type {UseCase} from './use-case.ts';

export interface DispatchOptions {
  readonly leafId: string;
  readonly bus: Bus;
  readonly codec: Codec;
  readonly ids: IdSource;
  readonly log: Log;
  readonly journal: Journal;
  readonly answers: AnswerBook;
  readonly useCases: readonly UseCase[];
  /** The event at a sequence, for wishes that name one. */
  readonly readEvent: (sequence: number) => Promise<Recorded | undefined>;
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
  if (
    data.dryRun !== true &&
    !answers.isSame(id, `${message.subject} ${target} ${JSON.stringify(data)}`)
  ) {
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
  const answer = carryOut(options, useCase, {...request.data, id}, actor);
  running.set(id, answer);
  try {
    return await answer;
  } finally {
    running.delete(id);
  }
}

async function carryOut(
  options: DispatchOptions,
  useCase: UseCase,
  request: CommandRequest & {readonly id: string},
  actor: string,
): Promise<Answer> {
  const {journal, answers, log} = options;
  const {id, target, data, seen} = request;
  try {
    const event = await lookUpEvent(options, useCase, target);
    const wish = {target, data, seen};
    if (data.dryRun === true) {
      return dryRun(id, useCase.decide(journal.inventory(), wish, {event}), journal);
    }
    const outcome = await journal.submit(
      (inventory) => useCase.decide(inventory, wish, {event}),
      causeOf(id, request, actor),
    );
    const answer = answerOf(id, outcome);
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

async function lookUpEvent(
  {readEvent}: DispatchOptions,
  {command}: UseCase,
  target: string,
): Promise<Recorded | undefined> {
  return command.aggregate === 'event' && /^[1-9]\d{0,14}$/.test(target)
    ? readEvent(Number(target))
    : undefined;
}

function dryRun(id: string, verdict: ReturnType<UseCase['decide']>, journal: Journal): Answer {
  if ('refused' in verdict) {
    return refusalAnswer(id, verdict);
  }
  const would = verdict.map(({type, subject, data}) => ({type, subject, data: {...data}}));
  return {ok: true, id, events: [], sequence: journal.inventory().sequence, would};
}

const answerOf = (id: string, outcome: Outcome): Answer =>
  outcome.kind === 'refused'
    ? refusalAnswer(id, outcome)
    : {ok: true, id, events: [...outcome.events], sequence: outcome.sequence};

function causeOf(id: string, request: CommandRequest, actor: string): Cause {
  const origin: Origin = request.origin ?? {};
  return {
    correlationid: id,
    causationid: id,
    actor,
    channel: request.channel ?? 'nats',
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
