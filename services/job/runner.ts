import type {Clock} from '#contracts/clock.ts';
import type {Log} from '#contracts/log.ts';
import type {Fact} from '#domain/catalogue.ts';
import {isCimError} from '#domain/errors.ts';
import type {JobProgress, JobProgresses} from '#domain/job/progress.ts';
import type {JobState} from '#domain/job/state.ts';
import type {StoredMessage} from '#domain/message.ts';
import {ownValue} from '#domain/own.ts';
import {epochMsOf} from '#domain/time.ts';

import type {Journal} from '../journal.ts';
import type {UseCase} from '../use-case.ts';
import type {JobTools} from './effect.ts';
import {
  ASK_MS,
  EXPIRED,
  endFact,
  factAfterRestart,
  type JobEnd,
  openJobs,
  UNKNOWN_COMMAND,
} from './life.ts';
import {createProgressTeller} from './progress.ts';

export interface JobRunnerOptions {
  readonly journal: Journal;
  readonly useCases: readonly UseCase[];
  readonly tools: JobTools;
  readonly clock: Clock;
  readonly log: Log;
  readonly onProgress: (progress: JobProgress) => void;
  readonly signal: AbortSignal;
}

/** Does the work of jobs as their events tell it. */
export interface JobRunner {
  /** What a restart has cut off goes on, has failed, or asks, as its command declares. */
  start(): Promise<void>;
  onStored(message: StoredMessage): void;
  /** The newest progress of each job that works. */
  progress(): JobProgresses;
  /** Ends all work without another word: whoever begins next sees what was open. */
  stop(): Promise<void>;
}

interface Work {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/** An end that could not be stored is stored as soon as it can be. */
const AGAIN_MS = 5000;
/** Work that does not end by itself keeps nobody from stopping for longer. */
const STOP_MS = 2000;

/** A runner that has begun nothing yet. */
export function createJobRunner(options: JobRunnerOptions): JobRunner {
  return new EventedRunner(options);
}

class EventedRunner implements JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #work = new Map<string, Work>();
  readonly #timers = new Map<string, () => void>();
  #progress: JobProgresses = {};
  #isStopped = false;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  progress(): JobProgresses {
    return this.#progress;
  }

  async start(): Promise<void> {
    const {journal} = this.#options;
    await Promise.all(openJobs(journal.inventory()).map((job) => this.#takeUp(job)));
    for (const job of openJobs(journal.inventory())) {
      this.#follow(job); // one that asked before goes on asking, without an event
    }
  }

  onStored(message: StoredMessage): void {
    if (message.kind === 'event' && message.event.type.startsWith('cim.job.')) {
      const job = ownValue(this.#options.journal.inventory().jobs, message.event.subject);
      if (job !== undefined) {
        this.#follow(job);
      }
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const cancel of this.#timers.values()) {
      cancel();
    }
    const ends = [...this.#work.values()].map(({controller, ended}) => {
      controller.abort();
      return ended;
    });
    const {promise, resolve} = Promise.withResolvers<void>();
    const cancel = this.#options.clock.after(STOP_MS, resolve);
    await Promise.race([Promise.all(ends), promise]);
    cancel();
  }

  /** What this agent finds open was cut off. */
  async #takeUp(job: JobState): Promise<void> {
    const {clock} = this.#options;
    const moments = {now: clock.iso(), expiresAt: clock.iso(clock.now() + ASK_MS)};
    await this.#store(job, (known) =>
      factAfterRestart(known, this.#caseOf(known)?.command.restart, moments),
    );
  }

  #caseOf({command: name}: JobState): UseCase | undefined {
    return this.#options.useCases.find(
      ({command, run}) => run !== undefined && `${command.aggregate}.${command.verb}` === name,
    );
  }

  /** Does what the state of a job asks for; doing it twice is as doing it once. */
  #follow(job: JobState): void {
    if (this.#isStopped || this.#options.signal.aborted) {
      return;
    }
    switch (job.state) {
      case 'running':
        this.#unplan(job.id);
        this.#begin(job);
        return;
      case 'asking':
        this.#expireLater(job);
        return;
      case 'cancelling':
        this.#cancel(job);
        return;
      case 'ended':
        this.#unplan(job.id);
        this.#work.get(job.id)?.controller.abort();
    }
  }

  #begin(job: JobState): void {
    if (this.#work.has(job.id)) {
      return;
    }
    const controller = new AbortController();
    this.#work.set(job.id, {controller, ended: this.#carryOut(job, controller.signal)});
  }

  async #carryOut(job: JobState, cancelled: AbortSignal): Promise<void> {
    // The event that began it is told to all first.
    await Promise.resolve();
    const end = await this.#run(job, cancelled);
    this.#work.delete(job.id);
    const {[job.id]: _gone, ...rest} = this.#progress;
    this.#progress = rest;
    await this.#end(job, end);
  }

  async #run(job: JobState, cancelled: AbortSignal): Promise<JobEnd> {
    const {clock, tools, log, signal} = this.#options;
    const useCase = this.#caseOf(job);
    const {id, target, data} = job;
    if (useCase?.run === undefined) {
      return UNKNOWN_COMMAND;
    }
    const teller = createProgressTeller({
      clock,
      id,
      unit: useCase.command.job?.unit ?? 'step',
      onProgress: (progress) => this.#told(progress),
    });
    const either = AbortSignal.any([cancelled, signal]);
    try {
      const work = {target, data, signal: either, onProgress: teller.tell};
      return {outcome: 'done', reason: null, result: await useCase.run(work, tools)};
    } catch (error) {
      if (cancelled.aborted) {
        return {outcome: 'cancelled', reason: null, result: null};
      }
      log.error(`job ${id}, ${job.command}`, error);
      return {outcome: 'failed', reason: reasonOf(error), result: null};
    } finally {
      teller.stop();
    }
  }

  #told(progress: JobProgress): void {
    this.#progress = {...this.#progress, [progress.id]: progress};
    this.#options.onProgress(progress);
  }

  #cancel(job: JobState): void {
    const work = this.#work.get(job.id);
    if (work === undefined) {
      void this.#end(job, {outcome: 'cancelled', reason: null, result: null});
    } else {
      work.controller.abort();
    }
  }

  #expireLater(job: JobState): void {
    const {clock} = this.#options;
    const restMs = Math.max(0, epochMsOf(job.expiresAt ?? '') - clock.now());
    const expire = (): void => void this.#store(job, (known) => expiredFact(known));
    this.#plan(job.id, Math.min(restMs, ASK_MS), expire);
  }

  /** The end of a job, unless the agent ends first: then the next one sees it as cut off. */
  #end(job: JobState, end: JobEnd): Promise<void> {
    return this.#store(job, (known) => endFact(known, end));
  }

  /** Stores what a job that is still open comes to; what cannot be stored now is, later. */
  async #store(job: JobState, decide: (known: JobState) => Fact | undefined): Promise<void> {
    const {journal, log, signal} = this.#options;
    if (this.#isStopped || signal.aborted) {
      return;
    }
    const again = (): void => this.#plan(job.id, AGAIN_MS, () => void this.#store(job, decide));
    try {
      const outcome = await journal.submit(({jobs}) => {
        const known = ownValue(jobs, job.id);
        const fact = known === undefined || known.state === 'ended' ? undefined : decide(known);
        return fact === undefined ? [] : [fact];
      }, this.#causeOf(job.id));
      if (outcome.kind === 'refused') {
        log.error(`store what job ${job.id} came to: ${outcome.refused}`, undefined);
        again();
      }
    } catch (error) {
      log.error(`store what job ${job.id} came to`, error);
      again();
    }
  }

  /** What a job comes to follows from its command, and from what was stored of it last. */
  #causeOf(id: string) {
    const sequence = ownValue(this.#options.journal.inventory().jobs, id)?.sequence;
    return {
      correlationid: id,
      causationid: id,
      channel: 'system',
      ...(sequence === undefined ? {} : {causationsequence: String(sequence)}),
    } as const;
  }

  #plan(id: string, delayMs: number, then: () => void): void {
    this.#unplan(id);
    if (!this.#isStopped && !this.#options.signal.aborted) {
      this.#timers.set(id, this.#options.clock.after(delayMs, then));
    }
  }

  #unplan(id: string): void {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }
}

const expiredFact = (job: JobState): Fact | undefined =>
  job.state === 'asking' ? endFact(job, EXPIRED) : undefined;

/** What went wrong, in one line: the code's own words are in the log. */
const reasonOf = (error: unknown): string =>
  isCimError(error) ? `${error.code}: ${error.message}` : String(error);
