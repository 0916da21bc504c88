import {type KeyEvent, namedKey, printableKey} from './key-event.ts';
import {nameOfControl, nameOfCsi, nameOfLinuxFunctionKey, nameOfSs3} from './sequences.ts';

const ESC = '\u001b';
const BELL = '\u0007';
const TERMINATOR = `${ESC}\\`;
const PASTE_START = `${ESC}[200~`;
const PASTE_END = `${ESC}[201~`;

/** Longest control sequence that is waited for, in UTF-16 units. */
const SEQUENCE_MAX = 1024;

/** What the decoder waits for: the rest of an escape sequence, the end of a paste, nothing. */
export type Waiting = 'sequence' | 'paste' | null;

/** Turns a terminal's bytes into keys. However the bytes are cut into chunks, the keys are the same. */
export interface KeyDecoder {
  push(bytes: Uint8Array): readonly KeyEvent[];
  /** No more bytes came in time: a lone ESC is the Esc key, a paste without end is over. */
  flush(): readonly KeyEvent[];
  waiting(): Waiting;
}

/** A decoder without anything in it. */
export function createKeyDecoder(): KeyDecoder {
  const utf8 = new TextDecoder('utf-8', {ignoreBOM: true});
  let held = '';
  const take = (isLast: boolean): readonly KeyEvent[] => {
    const events: KeyEvent[] = [];
    while (held !== '') {
      const step = nextStep(held, isLast);
      if (step === null) {
        break;
      }
      held = held.slice(step.length);
      events.push(...step.events);
    }
    return events;
  };
  return {
    push(bytes) {
      held += utf8.decode(bytes, {stream: true});
      return take(false);
    },
    flush() {
      held += utf8.decode();
      return take(true);
    },
    waiting: () => (held === '' ? null : held.startsWith(PASTE_START) ? 'paste' : 'sequence'),
  };
}

interface Step {
  readonly length: number;
  readonly events: readonly KeyEvent[];
}

const step = (length: number, name: string | null): Step => ({
  length,
  events: name === null ? [] : [namedKey(name)],
});

/** The first thing in the text; null: it is not all there yet. */
function nextStep(text: string, isLast: boolean): Step | null {
  if (!text.startsWith(ESC)) {
    return plainStep(text);
  }
  if (text.startsWith(PASTE_START)) {
    return pasteStep(text, isLast);
  }
  // Only what lies within the limit counts, so that it is the same limit for any chunks.
  const head = text.slice(0, SEQUENCE_MAX);
  return escapeStep(head) ?? (isLast || head.length === SEQUENCE_MAX ? brokenStep(head) : null);
}

function plainStep(text: string): Step {
  const code = text.codePointAt(0) ?? 0;
  const character = String.fromCodePoint(code);
  if (code < 0x20 || code === 0x7f) {
    return step(1, nameOfControl(code));
  }
  const isShown = !(code >= 0x80 && code < 0xa0);
  return {length: character.length, events: isShown ? [printableKey(character)] : []};
}

function pasteStep(text: string, isLast: boolean): Step | null {
  const end = text.indexOf(PASTE_END);
  if (end >= 0) {
    const pasted = text.slice(PASTE_START.length, end);
    return {length: end + PASTE_END.length, events: [{kind: 'paste', text: pasted}]};
  }
  if (!isLast) {
    return null;
  }
  return {length: text.length, events: [{kind: 'paste', text: text.slice(PASTE_START.length)}]};
}

function escapeStep(text: string): Step | null {
  const [, introducer] = text;
  switch (introducer) {
    case undefined:
      return null;
    case ESC:
      return step(1, 'escape');
    case '[':
      return csiStep(text);
    case 'O':
      return text.length < 3 ? null : step(3, nameOfSs3(text.charAt(2)));
    case ']':
    case 'P':
    case '_':
    case '^':
      return stringStep(text);
    default: {
      const {length, events} = plainStep(text.slice(1));
      const alt = events.map((event) =>
        event.kind === 'key' ? namedKey(`alt-${event.name}`) : event,
      );
      return {length: length + 1, events: alt};
    }
  }
}

function csiStep(text: string): Step | null {
  if (text.startsWith(`${ESC}[M`)) {
    // An X10 mouse report: three bytes follow.
    return text.length < 6 ? null : step(6, null);
  }
  if (text.startsWith(`${ESC}[[`)) {
    return text.length < 4 ? null : step(4, nameOfLinuxFunctionKey(text.charAt(3)));
  }
  const [, parameters = '', between = '', final] =
    /^([0-?]*)(?![0-?])([ -/]*)(?![ -/])(.)?/su.exec(text.slice(2)) ?? [];
  if (final === undefined) {
    return null;
  }
  if (!/[@-~]/.test(final)) {
    // Broken off by something else: drop what began, keep what follows.
    return step(2 + parameters.length + between.length, null);
  }
  return step(
    3 + parameters.length + between.length,
    between === '' ? nameOfCsi(parameters, final) : null,
  );
}

/** OSC, DCS, APC, PM: a reply of the terminal, up to BEL or ST; never a key. */
function stringStep(text: string): Step | null {
  const bell = text.indexOf(BELL);
  const terminator = text.indexOf(TERMINATOR, 2);
  const isBell = bell >= 0 && (terminator < 0 || bell < terminator);
  if (isBell) {
    return step(bell + 1, null);
  }
  return terminator < 0 ? null : step(terminator + TERMINATOR.length, null);
}

/** What was begun and never ended: Esc, Alt with a key, or a sequence to drop. */
function brokenStep(text: string): Step {
  if (text.length === 1) {
    return step(1, 'escape');
  }
  if (text.length === 2) {
    return step(2, `alt-${text.charAt(1)}`);
  }
  return step(text.length, null);
}
