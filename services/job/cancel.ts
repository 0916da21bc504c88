import {cancelJob} from '#domain/job/commands.ts';

import {changedMeanwhile, defineUseCase} from '../use-case.ts';
import {findOpenJob} from './find.ts';
import {endFact} from './life.ts';

/** Wants a job to end. One that only asks has ended with this; one that works ends a moment later. */
export const cancelJobCase = defineUseCase(cancelJob, (inventory, {target, seen}) => {
  const job = findOpenJob(inventory, target);
  if ('refused' in job) {
    return job;
  }
  const blocked = changedMeanwhile(job.fields, ['state'], seen);
  if (blocked !== undefined) {
    return blocked;
  }
  switch (job.state) {
    case 'asking':
      return [endFact(job, {outcome: 'cancelled', reason: null, result: null})];
    case 'cancelling':
      return {refused: 'nothing-to-change', by: {sequence: job.sequence}};
    default: {
      const {id, command} = job;
      return [{type: 'cim.job.cancel-requested.v1', subject: id, data: {command}}];
    }
  }
});
