import type {
  RecordedTree,
  Recording,
  RecordingHeader,
  RecordingStep,
} from '#contracts/recording.ts';
import type {KernelDevice, Uevent} from '#domain/kernel-device.ts';

import {readUevent} from './notices.ts';
import {isPlain, isPlainKey, plainOf, quote, toJson} from './plain.ts';
import {printDevice} from './print-device.ts';

/** The first words of a recording of ours, before its version. */
export const HEAD = '# cim-leaf recording ';
/** The version that is written, and the only one that is read. */
export const VERSION = '1';

/**
 * The first lines, up to where the devices begin. They end with `#` and not with an empty line, so
 * that the text without its comments begins with a device, as umockdev wants it.
 */
export function printHeader(header: RecordingHeader): string {
  const {kernel, machine, startedAt, isMasked, hasUdev} = header;
  const fields = [
    ...(kernel === null ? [] : [`kernel: ${quote(kernel)}`]),
    ...(machine === null ? [] : [`machine: ${quote(machine)}`]),
    ...(startedAt === null ? [] : [`started: ${startedAt}`]),
    `masked: ${isMasked ? 'yes' : 'no'}`,
    `udev: ${hasUdev ? 'yes' : 'no'}`,
    "docs/recordings.md says what the lines mean; grep -v '^#' leaves what umockdev reads",
  ];
  return `${HEAD}${VERSION}\n${fields.map((field) => `# ${field}\n`).join('')}#\n`;
}

/** All devices, those first that umockdev can read: it wants a subsystem. */
export function printTree({devices, links}: RecordedTree): string {
  const [bare, whole] = [
    devices.filter(({subsystem}) => subsystem === null),
    devices.filter(({subsystem}) => subsystem !== null),
  ];
  return [
    ...whole.map((device) => printDevice(device).map(asComment(/^=/))),
    ...bare.map((device) => printDevice(device).map(asComment(/^/))),
    ...(links.length === 0 ? [] : [links.map((link) => `#link ${toJson(link)}`)]),
  ]
    .map(paragraph)
    .join('');
}

/** One step: a line on what and when, then what it said, then what read otherwise. */
export const printStep = ({atMs, notice, changed, gone}: RecordingStep): string =>
  paragraph(
    [
      ...printNotice((atMs / 1000).toFixed(3), notice),
      ...gone.map((devpath) => `gone ${quote(devpath)}`),
      ...changed.flatMap((device: KernelDevice) => printDevice(device)),
    ].map(asComment(/^/)),
  );

/** The last line: without it a recording was cut. */
export const printEnd = (endMs: number): string => `#end ${(endMs / 1000).toFixed(3)}\n`;

/** A whole recording. */
export const printRecording = ({header, endMs, steps, ...tree}: Recording): string =>
  [
    printHeader(header),
    printTree(tree),
    ...steps.map(printStep),
    endMs === null ? '' : printEnd(endMs),
  ].join('');

const asComment =
  (which: RegExp) =>
  (line: string): string =>
    which.test(line) ? `#${line}` : line;

const paragraph = (lines: readonly string[]): string => `${lines.join('\n')}\n\n`;

function printNotice(at: string, notice: RecordingStep['notice']): readonly string[] {
  switch (notice.kind) {
    case 'uevent':
      return printUevent(at, notice.uevent);
    case 'link':
      return [`LINK  [${at}] ${toJson(notice.link)}`];
    case 'gone':
      return [`GONE  [${at}] ${notice.ifindex}`];
    case 'drops':
      return [`DROPS [${at}] ${notice.count}`];
    case 'restarted':
      return [`AGAIN [${at}] ${quote(notice.reason)}`];
  }
}

/** As `udevadm monitor --property` prints it. */
function printUevent(at: string, uevent: Uevent): readonly string[] {
  const {source, action, devpath, subsystem, properties} = uevent;
  const plain = Object.entries(properties).filter(
    ([key, value]) => isPlainKey(key) && isPlain(value),
  );
  const read = readUevent(source, plain);
  const rest = Object.entries(uevent).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(read, field)),
  );
  return [
    `${source === 'kernel' ? 'KERNEL' : 'UDEV  '}[${at}] ${action.padEnd(8)} ${plainOf(devpath)} (${plainOf(subsystem ?? '')})`,
    ...plain.map(([key, value]) => `${key}=${value}`),
    ...(rest.length === 0 ? [] : [`= ${toJson(Object.fromEntries(rest))}`]),
  ];
}
