/** Final letters of CSI and SS3 sequences: xterm, VT220, rxvt. */
const LETTERS: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  E: 'clear',
  F: 'end',
  H: 'home',
  M: 'enter',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};

/** `CSI n ~`. */
const NUMBERS: Readonly<Record<string, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'page-up',
  6: 'page-down',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

/** The Linux console's own F1 to F5: `CSI [ A` to `CSI [ E`. */
const LINUX_FUNCTION_KEYS: Readonly<Record<string, string>> = {
  A: 'f1',
  B: 'f2',
  C: 'f3',
  D: 'f4',
  E: 'f5',
};

/** Code points that `CSI code ; modifier u` (kitty, xterm modifyOtherKeys) sends as numbers. */
const CODES: Readonly<Record<string, string>> = {
  9: 'tab',
  13: 'enter',
  27: 'escape',
  32: 'space',
  127: 'backspace',
};

/** Name of a complete CSI sequence (without `ESC [`), or null when it is no key: a report, a reply. */
export function nameOfCsi(parameters: string, final: string): string | null {
  if (/[<>=?]/.test(parameters)) {
    return null;
  }
  const [first = '', modifier = ''] = parameters.split(';');
  if (final === 'Z') {
    return 'shift-tab';
  }
  if (final === '~') {
    return withModifier(NUMBERS[first], modifier);
  }
  if (final === 'u') {
    return withModifier(CODES[first] ?? printable(first), modifier);
  }
  // `CSI 24;80R` tells the cursor's place; only `CSI 1;mR` is F3 with a modifier.
  const isKey = parameters === '' || first === '1';
  return isKey ? withModifier(LETTERS[final], modifier) : null;
}

/** Name of `ESC O <letter>`, or null. */
export const nameOfSs3 = (letter: string): string | null => LETTERS[letter] ?? null;

/** Name of the Linux console's `CSI [ <letter>`, or null. */
export const nameOfLinuxFunctionKey = (letter: string): string | null =>
  LINUX_FUNCTION_KEYS[letter] ?? null;

/** Name of a C0 control character or DEL. */
export function nameOfControl(code: number): string {
  switch (code) {
    case 0x00:
      return 'ctrl-space';
    case 0x08:
    case 0x7f:
      return 'backspace';
    case 0x09:
      return 'tab';
    case 0x0a:
    case 0x0d:
      return 'enter';
    default:
      return code < 0x1b
        ? `ctrl-${String.fromCharCode(code + 0x60)}`
        : `ctrl-${String.fromCharCode(code + 0x40)}`;
  }
}

function printable(code: string): string | undefined {
  const point = Number(code);
  return point > 0x20 && point < 0x110000 ? String.fromCodePoint(point) : undefined;
}

/** A modifier parameter is 1 + a bit set: shift 1, alt 2, ctrl 4. */
function withModifier(name: string | undefined, modifier: string): string | null {
  if (name === undefined) {
    return null;
  }
  const bits = Math.max(0, Number.parseInt(modifier === '' ? '1' : modifier, 10) - 1) || 0;
  const shift = (bits & 1) !== 0 && [...name].length > 1 ? 'shift-' : '';
  return `${(bits & 4) === 0 ? '' : 'ctrl-'}${(bits & 2) === 0 ? '' : 'alt-'}${shift}${name}`;
}
