import type {z} from 'zod';

import {jobEventExamples} from '../job/examples.ts';
import {portEventExamples} from '../port/examples.ts';
import {type CommandExample, LEAF} from '../story.ts';
import type {undoEvent, verifyEvents} from './commands.ts';

export const undoEventExample: CommandExample<z.input<typeof undoEvent.schema>> = {
  target: '24',
  time: '2026-11-23T10:02:40.022Z',
  data: {},
  event: portEventExamples['cim.port.remembered.v1'],
  refusal: {refused: 'superseded', detail: 'usb-14-0-3 is there again'},
};

export const verifyEventsExample: CommandExample<z.input<typeof verifyEvents.schema>> = {
  target: LEAF,
  // The job bears the id of its command.
  time: jobEventExamples['cim.job.accepted.v1'].time,
  data: {},
  event: jobEventExamples['cim.job.accepted.v1'],
  refusal: {refused: 'job-running', detail: jobEventExamples['cim.job.accepted.v1'].subject},
};
