import {readFileSync, readlinkSync} from 'node:fs';

const strict = new TextDecoder('utf-8', {fatal: true});

/**
 * A small file of sysfs or procfs without its last line break, or undefined: files there vanish
 * with their device, and many refuse to be read in some states. Bytes that are no UTF-8 come as
 * `\xNN`.
 */
export function readSmallFile(path: string): string | undefined {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined; // gone or refused: both are ordinary here, and mean "not known"
  }
  return textOf(bytes).replace(/\n$/, '');
}

/** Where a symbolic link points, or undefined when there is none. */
export function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // no such link is an answer here, not a failure
  }
}

/** Lines `KEY=VALUE` as a record. */
export const readKeys = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\n')
      .map((line) => [line.indexOf('='), line] as const)
      .filter(([at]) => at > 0)
      .map(([at, line]) => [line.slice(0, at), line.slice(at + 1)]),
  );

function textOf(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return Array.from(bytes, (byte) =>
      byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase()}`,
    ).join(''); // device strings are what the maker burnt in; nothing of them is dropped
  }
}
