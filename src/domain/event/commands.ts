import {z} from 'zod';

import type {CommandDescriptor} from '../command.ts';
import {describe} from '../describe.ts';

export const verifyEvents = {
  aggregate: 'event',
  verb: 'verify',
  name: 'VerifyEvents',
  summary: 'compute the digest of every stored event anew, and compare',
  schema: z.object({}),
  danger: 'plain',
  inverse: {none: 'it only reads'},
  restart: 'resume',
  job: {unit: 'event'},
  words: [],
  flags: [],
} as const satisfies CommandDescriptor;

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
