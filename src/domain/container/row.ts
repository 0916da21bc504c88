import {z} from 'zod';

import type {ReadOnly} from '../read-only.ts';
import {ContainerFact} from './container.ts';

/** A container as `container list` gives it: CLI.md, Shapes. null: it is not known. */
export const ContainerRow = ContainerFact.extend({
  template: z.string().nullable().describe('it was made of; not read yet: null'),
  kind: z.enum(['declarative', 'imperative']).nullable().describe('not read yet: null'),
  health: z.string().nullable().describe('not read yet: null'),
  address: z.string().nullable().describe('the most useful one of its addresses'),
  cpu: z.number().nullable().describe('not read yet: null'),
  memory: z.number().nullable().describe('not read yet: null'),
  roles: z.array(z.string()).describe('not read yet: empty'),
  sequence: z
    .number()
    .int()
    .nullable()
    .describe('of the event that set it; null: seen live, nothing of it is stored'),
  source: z.literal('machined').describe('who says so'),
  seenAt: z.string().nullable().describe('ISO time of the reading'),
});
export type ContainerRow = ReadOnly<z.infer<typeof ContainerRow>>;
