import {z} from 'zod';

import type {CommandDescriptor} from '../command.ts';
import {describe} from '../describe.ts';
import {Label} from '../text.ts';

const PORT = {name: 'PORT', to: 'target', summary: 'id or label of the port'} as const;

export const labelPort = {
  aggregate: 'port',
  verb: 'label',
  name: 'LabelPort',
  summary: 'name a port as its socket is marked',
  schema: z.object({label: describe(Label.nullable(), 'null: take it away')}),
  danger: 'plain',
  inverse: {command: 'port.label'},
  restart: 'fail',
  words: [PORT, {name: 'LABEL', to: 'label', summary: 'new label', isOptional: true}],
  flags: [{name: 'clear', to: 'label', summary: 'take the label away', sets: null}],
} as const satisfies CommandDescriptor;

export const forgetPort = {
  aggregate: 'port',
  verb: 'forget',
  name: 'ForgetPort',
  summary: 'take an empty port out of the list; its history stays',
  schema: z.object({}),
  danger: 'asks',
  inverse: {command: 'event.undo'},
  restart: 'fail',
  words: [PORT],
  flags: [],
} as const satisfies CommandDescriptor;

export const unquarantinePort = {
  aggregate: 'port',
  verb: 'unquarantine',
  name: 'UnquarantinePort',
  summary: 'take a port back that flapped: it is mended, store what it does again',
  schema: z.object({}),
  danger: 'plain',
  inverse: {none: 'if it flaps on, it comes into quarantine again'},
  restart: 'fail',
  words: [PORT],
  flags: [],
} as const satisfies CommandDescriptor;

export const identifyPort = {
  aggregate: 'port',
  verb: 'identify',
  name: 'IdentifyPort',
  summary: 'let a port show where it is: a lamp blinks for a minute, where it has one',
  schema: z.object({}),
  danger: 'plain',
  inverse: {none: 'it changes nothing; `job cancel` ends it'},
  restart: 'fail',
  job: {unit: 'second'},
  words: [PORT],
  flags: [],
} as const satisfies CommandDescriptor;
