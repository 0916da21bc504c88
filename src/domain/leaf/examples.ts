import type {z} from 'zod';

import {
  ADAPTER,
  BOOT,
  type CommandExample,
  type EventExamples,
  LEAF,
  SOCKET,
  STORE,
  VERSION,
} from '../story.ts';
import type {labelLeaf} from './commands.ts';
import type {leafEvents} from './events.ts';
import type {HostMetrics} from './host-metrics.ts';
import type {LeafRow, StatusRow} from './row.ts';

export const leafEventExamples: EventExamples<typeof leafEvents> = {
  'cim.leaf.created.v1': {
    sequence: 1,
    time: '2026-11-23T08:00:00.000Z',
    subject: LEAF,
    data: {leafId: LEAF, storeId: STORE},
  },
  'cim.leaf.started.v1': {
    sequence: 2,
    time: '2026-11-23T08:00:00.012Z',
    subject: LEAF,
    data: {bootId: BOOT, version: VERSION, lastSeen: null},
  },
  'cim.leaf.labelled.v1': {
    sequence: 12,
    time: '2026-11-23T08:04:10.250Z',
    subject: LEAF,
    isWished: true,
    data: {label: 'Hall 3', before: {label: null}},
  },
  'cim.leaf.resynced.v1': {
    sequence: 28,
    time: '2026-11-23T11:20:08.330Z',
    subject: LEAF,
    data: {cause: 'drops', drops: 9918, changes: [SOCKET, ADAPTER]},
  },
  'cim.leaf.stopped.v1': {
    sequence: 50,
    time: '2026-11-23T12:00:00.000Z',
    subject: LEAF,
    data: {bootId: BOOT, version: VERSION, reason: 'signal'},
  },
};

export const labelLeafExample: CommandExample<z.input<typeof labelLeaf.schema>> = {
  target: LEAF,
  time: '2026-11-23T08:04:10.243Z',
  data: {label: 'Hall 3'},
  event: leafEventExamples['cim.leaf.labelled.v1'],
  refusal: {refused: 'nothing-to-change', detail: 'the leaf is labelled so'},
};

export const hostExample: z.input<typeof HostMetrics> = {
  load: 0.42,
  cores: 4,
  memoryUsedBytes: 1_610_612_736,
  memoryBytes: 8_589_934_592,
  diskUsedBytes: 21_474_836_480,
  diskBytes: 128_849_018_880,
  temperatureC: 48.5,
  seenAt: '2026-11-23T08:15:30.000Z',
};

export const leafRowExample: z.input<typeof LeafRow> = {
  leafId: LEAF,
  storeId: STORE,
  label: 'Hall 3',
  startedAt: '2026-11-23T08:00:00.012Z',
  isStopped: false,
  unrecorded: null,
  sequence: 12,
  fields: {leafId: 1, storeId: 1, startedAt: 2, isStopped: 2, unrecorded: 2, label: 12},
};

export const statusRowExample: z.input<typeof StatusRow> = {
  leaf: LEAF,
  label: 'Hall 3',
  startedAt: '2026-11-23T08:00:00.012Z',
  attention: [],
  ports: {present: 1, absent: 0, disabled: 0},
  roles: 1,
  containers: 1,
  events: 16,
  unreadable: 0,
  lastSeen: '2026-11-23T08:15:20.118Z',
  limit: null,
  host: hostExample,
  sequence: 16,
};
