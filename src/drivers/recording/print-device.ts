import type {KernelDevice} from '#domain/kernel-device.ts';

import {isPlain, isPlainKey, plainOf, toJson} from './plain.ts';
import {devicesOf, REFERENCES, readBlock, resolvePath} from './umockdev.ts';

/**
 * The lines of one kernel device: umockdev's letters, and behind `=` as JSON whatever they cannot
 * say of it.
 */
export function printDevice(device: KernelDevice): readonly string[] {
  const lines = letterLines(device);
  const [read] = devicesOf([readBlock(lines)]);
  const rest = Object.entries(device).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(read ?? {}, field)),
  );
  return rest.length === 0 ? lines : [...lines, `= ${toJson(Object.fromEntries(rest))}`];
}

function letterLines(device: KernelDevice): readonly string[] {
  const {devpath, subsystem, node, links, properties, attributes, references} = device;
  const nodes = node === null ? [] : [node];
  return [
    `P: ${plainOf(devpath)}`,
    ...nodes.filter(isPlainNode).map((path) => `N: ${path.slice(5)}`),
    ...links.filter(isPlainNode).map((path) => `S: ${path.slice(5)}`),
    ...(subsystem !== null && isPlain(subsystem) ? [`E: SUBSYSTEM=${subsystem}`] : []),
    ...Object.entries(properties)
      .filter(([key, value]) => key !== 'SUBSYSTEM' && isPlainKey(key) && isPlain(value))
      .map(([key, value]) => `E: ${key}=${value}`),
    ...Object.entries(attributes)
      .filter(([name, value]) => isPlainKey(name) && isEscapable(value))
      .map(([name, value]) => `A: ${name}=${escapeText(value)}\\n`),
    ...Object.entries(references)
      .filter(([name]) => REFERENCES.has(name))
      .map(([name, target]) => [name, relativePath(devpath, target)] as const)
      .filter(([name, path]) => isPlain(path) && resolvePath(devpath, path) === references[name])
      .map(([name, path]) => `L: ${name}=${path}`),
  ];
}

const isPlainNode = (path: string): boolean =>
  path.startsWith('/dev/') && path.length > 5 && isPlain(path) && !path.includes('=');

/** Octal says one byte: what is beyond ASCII is either plain or left to JSON. */
const isEscapable = (text: string): boolean =>
  Array.from(text).every((letter) => isPlain(letter) || letter.charCodeAt(0) < 0x80);

const escapeText = (text: string): string =>
  Array.from(text, (letter) => {
    if (letter === '\\') {
      return '\\\\';
    }
    if (letter === '\n') {
      return '\\n';
    }
    return isPlain(letter) ? letter : `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`;
  }).join('');

function relativePath(from: string, to: string): string {
  const [here, there] = [from.split('/'), to.split('/')];
  let common = 0;
  while (common < here.length && here[common] === there[common]) {
    common += 1;
  }
  return [...here.slice(common).map(() => '..'), ...there.slice(common)].join('/');
}
