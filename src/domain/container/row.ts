import {z} from 'zod';

import {describe} from '../describe.ts';
import type {ReadOnly} from '../read-only.ts';
import {ContainerFact} from './container.ts';

/** A container as `container list` gives it: CLI.md, Shapes. null: it is not known. */
export const ContainerRow = ContainerFact.extend({
  template: describe(z.string().nullable(), 'it was made of; not read yet: null'),
  kind: describe(z.enum(['declarative', 'imperative']).nullable(), 'not read yet: null'),
  health: describe(z.string().nullable(), 'not read yet: null'),
  address: describe(z.string().nullable(), 'the most useful one of its addresses'),
  cpu: describe(z.number().nullable(), 'not read yet: null'),
  memory: describe(z.number().nullable(), 'not read yet: null'),
  roles: describe(z.array(z.string()), 'not read yet: empty'),
  sequence: describe(
    z.number().int().nullable(),
    'of the event that set it; null: seen live, nothing of it is stored',
  ),
  source: describe(z.literal('machined'), 'who says so'),
  seenAt: describe(z.string().nullable(), 'ISO time of the reading'),
});
export type ContainerRow = ReadOnly<z.infer<typeof ContainerRow>>;
