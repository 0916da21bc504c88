import fc from 'fast-check';

import type {Recording, RecordingStep} from '#contracts/recording.ts';
import {
  type KernelDevice,
  type LinkFact,
  type Uevent,
  UeventAction,
} from '#domain/kernel-device.ts';

/** Any text, halves of surrogate pairs and control characters among it. */
const anyText = fc.oneof(
  fc.string({maxLength: 12}),
  fc.string({unit: 'binary', maxLength: 8}),
  fc.constantFrom(
    '',
    '"',
    '#',
    '= {}',
    'P: /devices/x',
    '\n\n',
    '\\n',
    '\\',
    '\ud800',
    '\u2028',
    '\r',
  ),
);
const key = fc.oneof(
  fc.constantFrom(
    'ID_SERIAL',
    'DEVTYPE',
    'DRIVER',
    'IFINDEX',
    'SUBSYSTEM',
    'ACTION',
    'SEQNUM',
    '#',
    '=',
  ),
  fc.string({minLength: 1, maxLength: 8}).filter((text) => text !== '__proto__'),
);
const record = fc.dictionary(key, anyText, {maxKeys: 5, noNullPrototype: true});
const devpath = fc
  .array(anyText, {minLength: 1, maxLength: 3})
  .map((parts) => `/devices/${parts.join('/')}`);
const positive = fc.integer({min: 1, max: 9999});

/** Any kernel device that its schema takes. */
export const anyDevice: fc.Arbitrary<KernelDevice> = fc.record({
  devpath,
  subsystem: fc.option(anyText),
  devtype: fc.option(anyText),
  driver: fc.option(anyText),
  node: fc.option(anyText.map((text) => `/dev/${text}`)),
  links: fc.array(
    anyText.map((text) => `/dev/${text}`),
    {maxLength: 3},
  ),
  ifindex: fc.option(positive),
  properties: record,
  attributes: record,
  references: fc.dictionary(
    fc.constantFrom('port', 'peer', 'physfn', 'firmware'),
    fc.oneof(devpath, anyText),
    {noNullPrototype: true},
  ),
  isUdevDone: fc.boolean(),
});

const anyLink: fc.Arbitrary<LinkFact> = fc.record({
  ifindex: positive,
  name: anyText,
  kind: fc.option(anyText),
  isUp: fc.boolean(),
  hasCarrier: fc.boolean(),
  speedMbps: fc.option(positive),
  master: fc.option(anyText),
});

const anyUevent: fc.Arbitrary<Uevent> = fc.record({
  source: fc.constantFrom('kernel', 'udev'),
  action: fc.constantFrom(...UeventAction.options),
  devpath: fc.oneof(devpath, anyText),
  subsystem: fc.option(anyText),
  seqnum: fc.option(fc.nat()),
  properties: record,
});

const anyStep: fc.Arbitrary<RecordingStep> = fc.record({
  atMs: fc.nat(),
  notice: fc.oneof(
    anyUevent.map((uevent) => ({kind: 'uevent', uevent}) as const),
    anyLink.map((link) => ({kind: 'link', link}) as const),
    positive.map((ifindex) => ({kind: 'gone', ifindex}) as const),
    fc.nat().map((count) => ({kind: 'drops', count}) as const),
    anyText.map((reason) => ({kind: 'restarted', reason}) as const),
  ),
  changed: fc.array(anyDevice, {maxLength: 2}),
  gone: fc.array(devpath, {maxLength: 2}),
});

/** Any recording. */
export const anyRecording: fc.Arbitrary<Recording> = fc.record({
  header: fc.record({
    kernel: fc.option(anyText),
    machine: fc.option(anyText),
    startedAt: fc.option(fc.constant('2026-11-26T07:09:43.000Z')),
    isMasked: fc.boolean(),
    hasUdev: fc.boolean(),
  }),
  devices: fc.array(anyDevice, {maxLength: 3}),
  links: fc.array(anyLink, {maxLength: 2}),
  steps: fc.array(anyStep, {maxLength: 3}),
  endMs: fc.option(fc.nat()),
});

/** As it is read back: devices without a subsystem stand behind the others. */
export const inFileOrder = (recording: Recording): Recording => ({
  ...recording,
  devices: [
    ...recording.devices.filter(({subsystem}) => subsystem !== null),
    ...recording.devices.filter(({subsystem}) => subsystem === null),
  ],
});
