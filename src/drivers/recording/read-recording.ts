import {z} from 'zod';

import {type Recording, RecordingHeader, type RecordingStep} from '#contracts/recording.ts';
import {CimError} from '#domain/errors.ts';
import {LinkFact, type Uevent} from '#domain/kernel-device.ts';

import {readNotice, STEP_HEAD, standIn} from './notices.ts';
import {unquote} from './plain.ts';
import {HEAD, VERSION} from './print-recording.ts';
import {type Block, devicesOf, readBlock} from './umockdev.ts';
import {type Unit, unitsOf} from './units.ts';

const EXPECTED =
  '"# cim-leaf recording 1", a device of umockdev ("P: /devices/…") or a record of ' +
  '`udevadm monitor --property` ("KERNEL[…")';

interface Parts {
  readonly blocks: Block[];
  readonly links: LinkFact[];
  readonly steps: RecordingStep[];
  endMs: number | null;
}

/**
 * Reads a recording: one of ours, the text of umockdev-record, or that of `udevadm monitor
 * --property`, whose devices are known as far as its records tell. One of ours that was cut is read
 * up to the cut. @throws CimError `bad-recording` with the line and what was expected there
 */
export function readRecording(text: string): Recording {
  const isOurs = text.startsWith(HEAD);
  const parts: Parts = {blocks: [], links: [], steps: [], endMs: null};
  for (const unit of unitsOf(text, isOurs)) {
    readUnit(parts, unit);
  }
  const {blocks, links, steps, endMs} = parts;
  if (blocks.length === 0 && links.length === 0 && steps.length === 0 && !isOurs) {
    throw new CimError('bad-recording', `there is nothing in it; expected ${EXPECTED}`);
  }
  const devices = devicesOf(blocks);
  if (isOurs) {
    return {header: readHeader(text), devices, links, steps, endMs};
  }
  const told = fromZero(steps);
  return {header: foreignHeader(steps), devices, links, steps: told, endMs: lastOf(told)};
}

function readHeader(text: string): RecordingHeader {
  const [first = '', ...rows] = text.slice(0, text.indexOf('\n#\n')).split('\n');
  if (first.slice(HEAD.length) !== VERSION) {
    const seen = first.slice(HEAD.length);
    throw new CimError('bad-recording', `line 1: version "${seen}"; expected ${VERSION}`);
  }
  const fields = new Map(
    rows.map((row) => {
      const [, key = '', value = ''] = /^# ([a-z]+): (.*)$/s.exec(row) ?? [];
      return [key, value] as const;
    }),
  );
  const textOf = (key: string): string | null => {
    const value = fields.get(key);
    return value === undefined ? null : unquote(value);
  };
  return attempt(2, () =>
    RecordingHeader.parse({
      kernel: textOf('kernel'),
      machine: textOf('machine'),
      startedAt: textOf('started'),
      isMasked: textOf('masked') === 'yes',
      hasUdev: textOf('udev') === 'yes',
    }),
  );
}

const foreignHeader = (steps: readonly RecordingStep[]): RecordingHeader => ({
  kernel: null,
  machine: null,
  startedAt: null,
  isMasked: false,
  hasUdev: steps.some(({notice}) => notice.kind === 'uevent' && notice.uevent.source === 'udev'),
});

function readUnit(parts: Parts, unit: Unit): void {
  const [first = ''] = unit.lines;
  if (first.startsWith('P: ')) {
    parts.blocks.push(blockOf(unit));
  } else if (STEP_HEAD.test(first)) {
    parts.steps.push(stepOf(unit));
  } else if (first.startsWith('link ')) {
    const read = (line: string): LinkFact => LinkFact.parse(JSON.parse(line.slice(5)));
    parts.links.push(...attempt(unit.line, () => unit.lines.map(read)));
  } else if (/^end \d+\.\d+$/.test(first)) {
    parts.endMs = msOf(first.slice(4));
  } else if (!first.startsWith('monitor will print')) {
    throw new CimError('bad-recording', `line ${unit.line}: "${cut(first)}"; expected ${EXPECTED}`);
  }
}

function blockOf({line, lines}: Unit): Block {
  const wrong = lines.findIndex((each) => !/^(?:[PNSEAHL]: |= )/.test(each));
  if (wrong >= 0) {
    const seen = `"${cut(lines[wrong] ?? '')}"`;
    throw new CimError(
      'bad-recording',
      `line ${line + wrong}: ${seen}; expected P: N: S: E: A: H: or L: of umockdev`,
    );
  }
  return attempt(line, () => readBlock(lines));
}

function stepOf({line, lines}: Unit): RecordingStep {
  const [first = '', ...rest] = lines;
  const [, kind = '', seconds = '0', words = ''] = STEP_HEAD.exec(first) ?? [];
  const at = rest.findIndex((each) => each.startsWith('P: ') || each.startsWith('gone '));
  const [said, read] = at < 0 ? [rest, []] : [rest.slice(0, at), rest.slice(at)];
  const notice = attempt(line, () => readNotice(kind, words, said));
  const starts = read.flatMap((each, index) => (each.startsWith('P: ') ? index : []));
  const blocks = starts.map((start, index) =>
    blockOf({
      line: line + lines.length - read.length + start,
      lines: read.slice(start, starts[index + 1]),
    }),
  );
  const gone = read
    .slice(0, starts[0])
    .map((each) => attempt(line, () => unquote(each.slice('gone '.length))));
  return {atMs: msOf(seconds), notice, changed: devicesOf(blocks), gone};
}

/** The clock of `udevadm monitor` runs from the machine's start, and it reads no devices. */
function fromZero(steps: readonly RecordingStep[]): readonly RecordingStep[] {
  const [{atMs: zero = 0} = {}] = steps;
  return steps.map(({notice, atMs}) => {
    const uevent = notice.kind === 'uevent' ? notice.uevent : undefined;
    const isGone = uevent?.action === 'remove';
    return {
      atMs: Math.max(0, atMs - zero),
      notice,
      changed: uevent === undefined || isGone ? [] : [standIn(uevent)],
      gone: uevent === undefined ? [] : goneBy(uevent),
    };
  });
}

function goneBy({action, devpath, properties}: Uevent): readonly string[] {
  const {DEVPATH_OLD: oldPath} = properties;
  if (action === 'remove') {
    return [devpath];
  }
  return oldPath === undefined ? [] : [oldPath];
}

const lastOf = (steps: readonly RecordingStep[]): number => steps.at(-1)?.atMs ?? 0;

const msOf = (seconds: string): number => Math.round(Number(seconds) * 1000);

const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

/** What a schema or JSON refuses is said with the line where it stands. */
function attempt<T>(line: number, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const words = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new CimError('bad-recording', `line ${line}: ${words.replaceAll('\n', ' ')}`, {cause});
  }
}
