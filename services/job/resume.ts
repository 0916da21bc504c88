import {resumeJob} from '#domain/job/commands.ts';

import {changedMeanwhile, defineUseCase} from '../use-case.ts';
import {findOpenJob} from './find.ts';

/** Lets a job go on that a restart cut off, and that asks. */
export const resumeJobCase = defineUseCase(resumeJob, (inventory, {target, seen}) => {
  const job = findOpenJob(inventory, target);
  if ('refused' in job) {
    return job;
  }
  if (job.state !== 'asking') {
    return {refused: 'nothing-to-change', detail: `${job.id} is ${job.state}`};
  }
  const {id, command} = job;
  return (
    changedMeanwhile(job.fields, ['state'], seen) ?? [
      {type: 'cim.job.resumed.v1', subject: id, data: {command, reason: 'asked'}},
    ]
  );
});
