import {z} from 'zod';

import type {CommandDescriptor} from '../command.ts';
import {describe} from '../describe.ts';

export const undoEvent = {
  aggregate: 'event',
  verb: 'undo',
  name: 'UndoEvent',
  summary: 'bring back what an event changed',
  schema: z.object({
    dryRun: describe(
      z.boolean().optional(),
      'true: nothing is stored, the answer says what would be',
    ),
  }),
  danger: 'asks',
  inverse: {command: 'event.undo'},
  restart: 'fail',
  words: [{name: 'SEQUENCE', to: 'target', summary: 'sequence of the event'}],
  flags: [{name: 'dry-run', to: 'dryRun', summary: 'only say what would happen', sets: true}],
} as const satisfies CommandDescriptor;
