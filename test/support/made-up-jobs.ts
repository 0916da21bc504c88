import {z} from 'zod';

import type {CommandDescriptor, JobDescriptor} from '#domain/command.ts';
import {defineJob} from '#services/job/define.ts';
import type {JobWork} from '#services/job/effect.ts';
import type {UseCase} from '#services/use-case.ts';

/** A command that is a job, as no product has it. */
export const madeUpJob = (restart: CommandDescriptor['restart']) =>
  ({
    aggregate: 'leaf',
    verb: `wait-${restart}`,
    name: 'Wait',
    summary: 'wait until a test ends it',
    schema: z.object({}),
    danger: 'plain',
    inverse: {none: 'it does nothing'},
    restart,
    job: {unit: 'step'},
    words: [],
    flags: [],
  }) as const satisfies CommandDescriptor & {readonly job: JobDescriptor};

/** Work that has begun and waits for the test. */
export interface HeldWork {
  readonly work: JobWork;
  /** Ends it well, with so many steps. */
  finish(steps: number): void;
  fail(error: Error): void;
}

/** Jobs of each policy whose work the test holds in its hands, in the order in which it begins. */
export function createHeldJobs(): {
  readonly useCases: readonly UseCase[];
  readonly begun: readonly HeldWork[];
} {
  const begun: HeldWork[] = [];
  const useCases = (['resume', 'fail', 'ask'] as const).map((restart) =>
    defineJob(madeUpJob(restart), (work) => {
      const {promise, resolve, reject} = Promise.withResolvers<{readonly steps: number}>();
      work.signal.addEventListener('abort', () => reject(new Error('aborted')), {once: true});
      begun.push({work, finish: (steps) => resolve({steps}), fail: reject});
      return promise;
    }),
  );
  return {useCases, begun};
}
