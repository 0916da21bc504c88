import {readdirSync, readFileSync, readlinkSync} from 'node:fs';

import type {LinkFact} from '#domain/kernel-device.ts';

const IFF_UP = 0x1;

/** Reads links from sysfs, which says the same as rtnetlink and costs a tenth of starting `ip`. */
export interface LinkReader {
  list(): readonly LinkFact[];
  /** undefined when there is no such interface any more. */
  read(name: string): LinkFact | undefined;
}

/** Links below `<sysRoot>/class/net`. */
export function createLinkReader(sysRoot = '/sys'): LinkReader {
  const folder = `${sysRoot}/class/net`;
  const read = (name: string): LinkFact | undefined => {
    const file = (attribute: string) => readText(`${folder}/${name}/${attribute}`);
    const ifindex = Number(file('ifindex'));
    if (!Number.isInteger(ifindex) || ifindex < 1) {
      return undefined;
    }
    const isUp = (Number.parseInt(file('flags') ?? '0', 16) & IFF_UP) !== 0;
    // The file can't be read while the interface is down.
    const hasCarrier = isUp && file('carrier') === '1';
    const isMade = isVirtual(`${folder}/${name}`);
    const kind = kindOf(file('uevent') ?? '', file('tun_flags'));
    return {
      ifindex,
      name,
      kind: kind ?? (isMade ? 'virtual' : null),
      isUp,
      hasCarrier,
      // What software makes has no speed of its own, whatever its driver says.
      speedMbps: hasCarrier && !isMade ? speedOf(file('speed')) : null,
      master: lastPart(linkOf(`${folder}/${name}/master`)),
    };
  };
  return {
    read,
    list: () => namesIn(folder).flatMap((name) => read(name) ?? []),
  };
}

/** DEVTYPE says bridge, vlan, wlan …; a tunnel has none, but flags of its own. */
function kindOf(uevent: string, tunFlags: string | undefined): string | null {
  const devtype = /^DEVTYPE=(.+)$/m.exec(uevent)?.[1];
  return devtype ?? (tunFlags === undefined ? null : tunKind(tunFlags));
}

const IFF_TAP = 0x2;
const tunKind = (flags: string): string =>
  (Number.parseInt(flags, 16) & IFF_TAP) === 0 ? 'tun' : 'tap';

const isVirtual = (path: string): boolean => linkOf(path)?.includes('/virtual/') ?? false;

/** -1 and unreadable: the driver does not know. */
function speedOf(text: string | undefined): number | null {
  const speed = Number(text);
  return Number.isInteger(speed) && speed > 0 ? speed : null;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trimEnd();
  } catch {
    return undefined; // gone, or not to be read in this state
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // no such link is an answer
  }
}

const lastPart = (path: string | undefined): string | null =>
  path === undefined ? null : path.slice(path.lastIndexOf('/') + 1);

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // no sysfs, no links
  }
}
