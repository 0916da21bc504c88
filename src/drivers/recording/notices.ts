import {z} from 'zod';

import type {RecordingStep} from '#contracts/recording.ts';
import {deviceFromUevent} from '#domain/device-from-uevent.ts';
import {type KernelDevice, LinkFact, Uevent} from '#domain/kernel-device.ts';

import {unquote} from './plain.ts';

type Pairs = readonly (readonly [string, string])[];

/** First line of a step: what told it, seconds, and the rest. */
export const STEP_HEAD = /^(KERNEL|UDEV|LINK|GONE|DROPS|AGAIN)\s*\[(\d+\.\d+)\] ?(.*)$/s;

const Count = z.coerce.number().int().nonnegative();
const UeventFields = Uevent.partial();

/** What a record's properties make of it; what they do not say is missing. */
export function readUevent(source: Uevent['source'], pairs: Pairs): Partial<Uevent> {
  const properties = Object.fromEntries(pairs);
  const {ACTION, DEVPATH, SUBSYSTEM, SEQNUM} = properties;
  const seqnum = SEQNUM === undefined ? Number.NaN : Number(SEQNUM);
  const action = Uevent.shape.action.safeParse(ACTION);
  return {
    source,
    ...(action.success ? {action: action.data} : {}),
    ...(DEVPATH === undefined ? {} : {devpath: DEVPATH}),
    subsystem: SUBSYSTEM ?? null,
    seqnum: Number.isSafeInteger(seqnum) && seqnum >= 0 ? seqnum : null,
    properties,
  };
}

/** The notice of a step: its head and the lines `KEY=VALUE` and `= JSON` behind it. @throws ZodError, SyntaxError */
export function readNotice(
  kind: string,
  rest: string,
  lines: readonly string[],
): RecordingStep['notice'] {
  switch (kind) {
    case 'LINK':
      return {kind: 'link', link: LinkFact.parse(JSON.parse(rest))};
    case 'GONE':
      return {kind: 'gone', ifindex: Count.parse(rest)};
    case 'DROPS':
      return {kind: 'drops', count: Count.parse(rest)};
    case 'AGAIN':
      return {kind: 'restarted', reason: unquote(rest)};
    default: {
      const pairs = lines.filter((line) => !line.startsWith('= ')).map(pairOf);
      const json = lines.find((line) => line.startsWith('= '))?.slice(2);
      const overrides = json === undefined ? {} : UeventFields.parse(JSON.parse(json));
      const source = kind === 'UDEV' ? 'udev' : 'kernel';
      const uevent = Uevent.parse({...readUevent(source, pairs), ...overrides});
      return {kind: 'uevent', uevent};
    }
  }
}

function pairOf(line: string): readonly [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}

/** About the message itself, not about the device. */
const MESSAGE_KEYS = new Set([
  'ACTION',
  'DEVPATH',
  'DEVLINKS',
  'SEQNUM',
  'SUBSYSTEM',
  'SYNTH_UUID',
]);

/** A kernel device as far as a record tells: a recording of records alone has nothing better. */
export function standIn(uevent: Uevent): KernelDevice {
  const {DEVNAME, DEVLINKS = ''} = uevent.properties;
  const own = Object.entries(uevent.properties).filter(([key]) => !MESSAGE_KEYS.has(key));
  return {
    ...deviceFromUevent(uevent),
    node: DEVNAME === undefined ? null : `/dev/${DEVNAME.replace('/dev/', '')}`,
    links: DEVLINKS.split(' ').filter(Boolean).toSorted(),
    properties: Object.fromEntries(own),
    isUdevDone: uevent.source === 'udev',
  };
}
