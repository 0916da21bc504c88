import {KernelDevice} from '#domain/kernel-device.ts';

/** Links that say where a thing sits; all others repeat what properties say. */
export const REFERENCES: ReadonlySet<string> = new Set(['peer', 'port', 'physfn']);

/** One device as umockdev-record writes it. */
export interface Block {
  devpath: string;
  node: string | null;
  readonly links: string[];
  readonly properties: [string, string][];
  readonly attributes: [string, string][];
  readonly sysfsLinks: Map<string, string>;
  /** Fields that the letters cannot say, as our own recordings have them. */
  overrides: object;
}

/**
 * Kernel devices of a text that umockdev-record writes: blocks of `P:` devpath, `N:` node, `S:`
 * link, `E:` property, `A:` attribute, `L:` sysfs link; `H:` (binary) is left out. Parents come
 * first in the result. @throws TypeError for a line of another kind
 */
export function parseUmockdev(text: string): readonly KernelDevice[] {
  const blocks: string[][] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) {
      continue;
    }
    if (line.startsWith('P:')) {
      blocks.push([]);
    }
    blocks.at(-1)?.push(line);
  }
  return devicesOf(blocks.map(readBlock)).toSorted((a, b) => (a.devpath < b.devpath ? -1 : 1));
}

/** Reads the lines of one block. @throws TypeError for a line of another kind */
export function readBlock(lines: readonly string[]): Block {
  const block: Block = {
    devpath: '',
    node: null,
    links: [],
    properties: [],
    attributes: [],
    sysfsLinks: new Map(),
    overrides: {},
  };
  for (const line of lines) {
    const [, key = '', value = ''] = /^([A-Z](?=:)|=):? ?(.*)$/s.exec(line) ?? [];
    addLine(block, key, value);
  }
  return block;
}

function addLine(block: Block, key: string, value: string): void {
  const at = value.indexOf('=');
  const [name, rest] = at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
  switch (key) {
    case 'P':
      block.devpath = value;
      return;
    case 'N':
      block.node = `/dev/${name}`;
      return;
    case 'S':
      block.links.push(`/dev/${value}`);
      return;
    case 'E':
      block.properties.push([name, rest]);
      return;
    case 'A':
      block.attributes.push([name, unescapeText(rest)]);
      return;
    case 'L':
      block.sysfsLinks.set(name, rest);
      return;
    case 'H':
      return;
    case '=':
      block.overrides = KernelDevice.partial().parse(JSON.parse(value));
      return;
    default:
      throw new TypeError(`parseUmockdev: "${key}:" in ${block.devpath} is no line of umockdev`);
  }
}

/** The devices of blocks, in their order. */
export function devicesOf(blocks: readonly Block[]): readonly KernelDevice[] {
  const acpiPaths = new Map(
    blocks.flatMap(({devpath, attributes}) =>
      attributes.filter(([name]) => name === 'path').map(([, path]) => [devpath, path] as const),
    ),
  );
  return blocks.map((block) => deviceOf(block, acpiPaths));
}

function deviceOf(block: Block, acpiPaths: ReadonlyMap<string, string>): KernelDevice {
  const {devpath, node, links, sysfsLinks, overrides} = block;
  const {SUBSYSTEM, ...properties} = Object.fromEntries(block.properties);
  const references: Record<string, string> = {};
  for (const [name, target] of sysfsLinks) {
    if (REFERENCES.has(name)) {
      references[name] = resolvePath(devpath, target);
    }
  }
  const firmwareNode = sysfsLinks.get('firmware_node');
  const firmware =
    firmwareNode === undefined ? undefined : acpiPaths.get(resolvePath(devpath, firmwareNode));
  const ifindex = Number(properties.IFINDEX);
  return KernelDevice.parse({
    devpath,
    subsystem: SUBSYSTEM ?? null,
    devtype: properties.DEVTYPE ?? null,
    driver: properties.DRIVER ?? sysfsLinks.get('driver')?.split('/').at(-1) ?? null,
    node,
    links: links.toSorted(),
    ifindex: Number.isInteger(ifindex) && ifindex > 0 ? ifindex : null,
    properties,
    attributes: Object.fromEntries(block.attributes),
    references: firmware === undefined ? references : {...references, firmware},
    isUdevDone: Object.keys(properties).some((name) => name.startsWith('ID_')),
    ...overrides,
  });
}

const LETTERS: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r', b: '\b', f: '\f'};

/**
 * Attributes hold `\n`, `\\` and octal bytes, as g_strcompress reads them, and mostly end with the
 * line break that sysfs writes.
 */
const unescapeText = (text: string): string =>
  text
    .replace(/\\([0-7]{1,3}|.)/gs, (_, code: string) =>
      /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (LETTERS[code] ?? code),
    )
    .replace(/\n$/, '');

/** Where a link in a sysfs folder points. */
export function resolvePath(devpath: string, target: string): string {
  const parts = devpath.split('/');
  for (const part of target.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '.') {
      parts.push(part);
    }
  }
  return parts.join('/');
}
