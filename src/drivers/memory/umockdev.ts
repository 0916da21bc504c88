import {KernelDevice} from '#domain/kernel-device.ts';

/** Links that say where a thing sits; all others repeat what properties say. */
const REFERENCES: ReadonlySet<string> = new Set(['peer', 'port', 'physfn']);

interface Block {
  readonly devpath: string;
  node: string | null;
  readonly links: string[];
  readonly properties: Record<string, string>;
  readonly attributes: Record<string, string>;
  readonly sysfsLinks: Record<string, string>;
}

/**
 * Kernel devices of a text that umockdev-record writes: blocks of `P:` devpath, `N:` node, `S:`
 * link, `E:` property, `A:` attribute, `L:` sysfs link; `H:` (binary) is left out. Parents come
 * first in the result. @throws TypeError for a line of another kind
 */
export function parseUmockdev(text: string): readonly KernelDevice[] {
  const blocks: Block[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) {
      continue;
    }
    const [, key = '', value = ''] = /^([A-Z]): ?(.*)$/.exec(line) ?? [];
    const block = blocks.at(-1);
    if (key === 'P') {
      blocks.push(emptyBlock(value));
    } else if (block !== undefined) {
      addLine(block, key, value);
    }
  }
  const acpiPaths = new Map(blocks.map(({devpath, attributes}) => [devpath, attributes.path]));
  return blocks
    .map((block) => deviceOf(block, acpiPaths))
    .toSorted((a, b) => (a.devpath < b.devpath ? -1 : 1));
}

const emptyBlock = (devpath: string): Block => ({
  devpath,
  node: null,
  links: [],
  properties: {},
  attributes: {},
  sysfsLinks: {},
});

function addLine(block: Block, key: string, value: string): void {
  const at = value.indexOf('=');
  const [name, rest] = at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
  switch (key) {
    case 'N':
      block.node = `/dev/${name}`;
      return;
    case 'S':
      block.links.push(`/dev/${value}`);
      return;
    case 'E':
      block.properties[name] = rest;
      return;
    case 'A':
      block.attributes[name] = unescapeText(rest);
      return;
    case 'L':
      block.sysfsLinks[name] = rest;
      return;
    case 'H':
      return;
    default:
      throw new TypeError(`parseUmockdev: "${key}:" in ${block.devpath} is no line of umockdev`);
  }
}

function deviceOf(
  {devpath, node, links, properties, attributes, sysfsLinks}: Block,
  acpiPaths: ReadonlyMap<string, string | undefined>,
): KernelDevice {
  const references: Record<string, string> = {};
  for (const [name, target] of Object.entries(sysfsLinks)) {
    if (REFERENCES.has(name)) {
      references[name] = resolvePath(devpath, target);
    }
  }
  const {firmware_node: firmwareNode, driver} = sysfsLinks;
  const firmware =
    firmwareNode === undefined ? undefined : acpiPaths.get(resolvePath(devpath, firmwareNode));
  const ifindex = Number(properties.IFINDEX);
  return KernelDevice.parse({
    devpath,
    subsystem: properties.SUBSYSTEM ?? null,
    devtype: properties.DEVTYPE ?? null,
    driver: properties.DRIVER ?? driver?.split('/').at(-1) ?? null,
    node,
    links: links.toSorted(),
    ifindex: Number.isInteger(ifindex) && ifindex > 0 ? ifindex : null,
    properties,
    attributes,
    references: firmware === undefined ? references : {...references, firmware},
    isUdevDone: Object.keys(properties).some((name) => name.startsWith('ID_')),
  });
}

/** Attributes hold `\n` and `\\`, and mostly end with the line break that sysfs writes. */
const unescapeText = (text: string): string =>
  text
    .replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))
    .replace(/\n$/, '');

function resolvePath(devpath: string, target: string): string {
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
