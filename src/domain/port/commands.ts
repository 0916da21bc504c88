import {z} from 'zod';

import type {CommandDescriptor} from '../command.ts';
import {describe} from '../describe.ts';
import {Label} from '../text.ts';
import {PortSettingsChange} from './settings.ts';

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

/** So long a change is tried when nobody says otherwise. */
export const TRY_SECONDS = 120;

const trySeconds = describe(
  z.number().int().min(5).max(3600).optional(),
  'comes back by itself after so many seconds unless confirmed; left out: it stays',
);

const TRY = {
  name: 'try',
  to: 'trySeconds',
  summary: 'comes back by itself after so many seconds unless confirmed',
  isNumber: true,
} as const;

/** What all wishes about the hardware state of a port have in common. */
const stateWish = {
  aggregate: 'port',
  danger: 'asks',
  inverse: {command: 'event.undo'},
  restart: 'resume',
  hasOutcome: true,
  words: [PORT],
} as const;

export const enablePort = {
  ...stateWish,
  verb: 'enable',
  name: 'EnablePort',
  summary: 'let the machine use what is in a port',
  schema: z.object({}),
  flags: [],
} as const satisfies CommandDescriptor;

export const disablePort = {
  ...stateWish,
  verb: 'disable',
  name: 'DisablePort',
  summary: 'keep the machine from using what is in a port, now and after each plug',
  schema: z.object({trySeconds}),
  tried: 'trySeconds',
  flags: [TRY],
} as const satisfies CommandDescriptor;

export const upPort = {
  ...stateWish,
  verb: 'up',
  name: 'UpPort',
  summary: 'set the network interface of a port up',
  schema: z.object({}),
  flags: [],
} as const satisfies CommandDescriptor;

export const downPort = {
  ...stateWish,
  verb: 'down',
  name: 'DownPort',
  summary: 'set the network interface of a port down',
  schema: z.object({trySeconds}),
  tried: 'trySeconds',
  flags: [TRY],
} as const satisfies CommandDescriptor;

export const setPort = {
  ...stateWish,
  verb: 'set',
  name: 'SetPort',
  summary: 'set the speed or the largest packet of a port',
  schema: PortSettingsChange.pick({mtu: true, speedMbps: true, baud: true}).extend({trySeconds}),
  tried: 'trySeconds',
  flags: [
    {name: 'mtu', to: 'mtu', summary: 'largest packet in bytes', isNumber: true},
    {name: 'speed', to: 'speedMbps', summary: 'of the network, in Mb/s, or auto', isNumber: true},
    {name: 'baud', to: 'baud', summary: 'of the serial line, in bits a second', isNumber: true},
    TRY,
  ],
} as const satisfies CommandDescriptor;

export const releasePort = {
  ...stateWish,
  verb: 'release',
  name: 'ReleasePort',
  summary: 'let go of a port: no role follows it, and its settings are as they were found',
  schema: z.object({trySeconds}),
  tried: 'trySeconds',
  flags: [TRY],
} as const satisfies CommandDescriptor;

export const confirmPort = {
  aggregate: 'port',
  verb: 'confirm',
  name: 'ConfirmPort',
  summary: 'keep a change that is on trial',
  schema: z.object({}),
  danger: 'plain',
  inverse: {none: 'what was confirmed is undone by undoing the change'},
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
