import {isSerialAccepted} from '#domain/device/identity.ts';

import {createKnownSecrets, escapePattern} from './known-secrets.ts';
import {createScrambler, type Scrambler} from './scramble.ts';
import {isSerialKey, udevForm} from './secrets.ts';

export interface MaskOptions {
  /** Random: without it nobody can tell what stood there. */
  readonly key: Uint8Array;
  /** What is known of this machine: its serials and ids. */
  readonly secrets: readonly string[];
  readonly hostname: string;
}

/** Text with what must not be told replaced. */
export interface MaskedText {
  /** These are replaced wherever they stand from now on, in each form that they take. */
  learn(secrets: readonly string[]): void;
  /** A value under its key; `weak`: what counts in the fields of a serial only. */
  mask(key: string, value: string, weak?: string): string;
}

/** Fields that are known to everybody, or that hold the words of the kernel itself. */
const KEPT: ReadonlySet<string> = new Set([
  'ACTION',
  'DEVTYPE',
  'DRIVER',
  'ID_PART_ENTRY_TYPE',
  'SEQNUM',
  'SUBSYSTEM',
]);
const HEX = '[0-9A-Fa-f]';
/** Hardware addresses of 6 to 20 bytes. */
const PAIRS = `(?<!${HEX}|${HEX}[:-])${HEX}{2}(?:([:-])${HEX}{2})(?:\\1${HEX}{2}){4,18}(?![:-]?${HEX})`;
/** Interfaces named after their address: systemd.net-naming-scheme(7). */
const NAMED = `(?<=(?<![a-z])(?:en|ib|sl|wl|ww)x)${HEX}{12}(?!${HEX})`;
const UUID = `(?<!${HEX})${HEX}{8}(?:-${HEX}{4}){3}-${HEX}{12}(?!${HEX})`;
const WORLD_WIDE = `(?<=0x|naa\\.|eui\\.)${HEX}{16,32}(?!${HEX})`;
const IPV4 = '(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\d.])';
const IPV6 = `(?<![\\w:.])${HEX}{1,4}(?::{1,2}${HEX}{1,4}){2,7}(?![\\w:.])`;
const PATTERNS = [PAIRS, NAMED, UUID, WORLD_WIDE, IPV4, IPV6].map((each) => `(?:${each})`);

/** Masked text under a key. */
export function createMaskedText({key, secrets, hostname}: MaskOptions): MaskedText {
  const isFit = (text: string): boolean => isSerialAccepted(text, '/devices');
  const scrambler = createScrambler(key, isFit);
  const known = createKnownSecrets(scrambler);
  const replace = (found: string, before: string): string => {
    const learnt = known.get(found);
    if (learnt !== undefined) {
      return learnt;
    }
    const hex = found.replace(/[:-]/g, '');
    if (new Set(hex).size === 1) {
      return found; // nobody's
    }
    if (ADDRESS.test(found)) {
      const masked = known.learnAddress(hex);
      return known.get(found) ?? masked;
    }
    if (hex.length === 32) {
      known.learn([found]);
    }
    return known.get(found) ?? replacePattern(found, before, scrambler);
  };
  known.learn(secrets.filter(isFit));
  return {
    learn: known.learn,
    mask(field, value, weak) {
      if (KEPT.has(field)) {
        return value;
      }
      const own = weak === undefined ? value : maskWeak(field, value, weak, scrambler);
      const masked = own.replace(known.search(PATTERNS), (found, ...rest) => {
        const at = rest.find((each) => typeof each === 'number') ?? 0;
        return replace(found, own.slice(0, at));
      });
      return maskHostname(masked, hostname, scrambler);
    },
  };
}

const ADDRESS = new RegExp(`^(?:(?:${HEX}{2}[:-]){5,}${HEX}{2}|${HEX}{12})$`);

function replacePattern(found: string, before: string, scrambler: Scrambler): string {
  if (/^[\d.]+$/.test(found)) {
    return isAddressOfIp(found, before) ? scrambler.ipv4(found) : found;
  }
  if (found.includes(':') && !found.includes('::') && found.split(':').length !== 8) {
    return found; // bus addresses have colons too
  }
  const lower = scrambler.text(found.toLowerCase());
  return found === found.toLowerCase() ? lower : lower.toUpperCase();
}

/** `1.5.4.2` may be sockets of a row of hubs: those are numbered from 1 to 31. */
function isAddressOfIp(text: string, before: string): boolean {
  const parts = text.split('.').map(Number);
  const isPossible = parts.every((part) => part <= 255) && !/^(?:0|127)\./.test(text);
  const isNoSocket = parts.some((part) => part === 0 || part > 31);
  return isPossible && (isNoSocket || /(?:^|ip-|[\s/@])$/.test(before));
}

/** A short serial stands in its own fields, and behind `_` in what udev makes of it. */
function maskWeak(field: string, value: string, weak: string, scrambler: Scrambler): string {
  const replacement = scrambler.text(weak);
  const [made, remade] = [udevForm(weak), udevForm(replacement)];
  if (isSerialKey(field) || (MADE_OF_SERIALS.has(field) && value === made)) {
    return value.includes(weak) ? value.replace(weak, replacement) : value.replace(made, remade);
  }
  const word = new RegExp(`(?<=_)${escapePattern(made)}(?=$|[-_ :])`, 'g');
  return MADE_OF_SERIALS.has(field) ? value.replace(word, () => remade) : value;
}

const MADE_OF_SERIALS: ReadonlySet<string> = new Set(['DEVLINKS', 'ID_SERIAL', 'ID_USB_SERIAL']);

/** Host names that tell of nobody: paths would lose their sense without these words. */
const COMMON: ReadonlySet<string> = new Set(
  'block bus class dev devices disk input localhost mapper net pci platform system tty usb virtual'.split(
    ' ',
  ),
);

/** A volume's group is often named after the machine; the device mapper doubles the dashes in it. */
function maskHostname(value: string, hostname: string, scrambler: Scrambler): string {
  if (hostname.length < 3 || COMMON.has(hostname.toLowerCase())) {
    return value;
  }
  const name = escapePattern(hostname).replaceAll('\\-', '--?');
  const search = new RegExp(`(?<![A-Za-z0-9])${name}(?![A-Za-z0-9])`, 'gi');
  const replacement = scrambler.text(hostname);
  return value.replace(search, (found) =>
    found.length > hostname.length ? replacement.replaceAll('-', '--') : replacement,
  );
}
