import {z} from 'zod';

import type {CommandDescriptor} from '../command.ts';
import {describe} from '../describe.ts';
import {Label} from '../text.ts';

export const labelLeaf = {
  aggregate: 'leaf',
  verb: 'label',
  name: 'LabelLeaf',
  summary: 'give the leaf the name that people see',
  schema: z.object({label: describe(Label.nullable(), 'null: take it away')}),
  danger: 'plain',
  inverse: {command: 'leaf.label'},
  restart: 'fail',
  words: [{name: 'LABEL', to: 'label', summary: 'new name', isOptional: true}],
  flags: [{name: 'clear', to: 'label', summary: 'take the name away', sets: null}],
} as const satisfies CommandDescriptor;
