import {z} from 'zod';

import {defineUpcaster, type Upcaster} from '#domain/upcast.ts';

const Before = z.object({label: z.string().nullable()});
const Labelled = z.object({label: z.string().nullable(), before: Before});
const Named = z.object({name: z.string(), old: z.string()});
const Text = z.object({text: z.string()});

/** Older ways to say `port.labelled` that never were: v00 had one text, v0 an empty name for none. */
export const MADE_UP_UPCASTERS: readonly Upcaster[] = [
  defineUpcaster({
    from: {type: 'cim.port.labelled.v00', schema: Text},
    to: {type: 'cim.port.labelled.v0', schema: Named},
    up: ({text}) => ({name: text, old: ''}),
    down: ({name, old}) => (old === '' ? {text: name} : null),
  }),
  defineUpcaster({
    from: {type: 'cim.port.labelled.v0', schema: Named},
    to: {type: 'cim.port.labelled.v1', schema: Labelled},
    up: ({name, old}) => ({label: name || null, before: {label: old || null}}),
    down: ({label, before}) =>
      label === '' || before.label === '' ? null : {name: label ?? '', old: before.label ?? ''},
  }),
];
