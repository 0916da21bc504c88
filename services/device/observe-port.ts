import {OTHER_CLASS} from '#devices/classes.ts';
import type {FoundFunction} from '#devices/classify.ts';
import {directionOf} from '#devices/direction.ts';
import type {KernelDevice, LinkFact} from '#domain/kernel-device.ts';
import type {PortKind} from '#domain/port/events.ts';
import type {ObservedPort} from './observation.ts';

export interface PortFacts {
  readonly unit: KernelDevice;
  readonly members: readonly KernelDevice[];
  readonly functions: readonly FoundFunction[];
  readonly position: string;
  readonly linkOf: (device: KernelDevice) => LinkFact | undefined;
}

/** ARPHRD_ETHER: the sysfs `type` of an interface that has a cable or could have. */
const ETHERNET = '1';

/** The port that a unit sits in: MODEL.md, Port and Present. */
export function portOf(facts: PortFacts): ObservedPort {
  const {unit, functions, position, linkOf} = facts;
  const links = functions
    .filter((found) => found.class.tracks.includes('link'))
    .map((found) => ({
      anchor: found.anchor,
      link: linkOf(found.anchor) ?? linkInSysfs(found.anchor),
    }));
  const up = links.find(({link}) => link.hasCarrier);
  const hasNoCable = up === undefined && links.some(({anchor}) => isSocket(unit, anchor));
  const [main] = functions;
  const isUsb = unit.devtype === 'usb_device';
  return {
    position,
    kind: kindOf(unit),
    class: isUsb ? 'usb' : (main?.class.name ?? OTHER_CLASS),
    direction: isUsb ? 'both' : main === undefined ? 'both' : directionOf(main),
    parent: masterOf(links.map(({link}) => link)),
    name: nameOf(facts),
    state: hasNoCable ? 'absent' : 'present',
    link: links.length === 0 ? null : up === undefined ? 'down' : 'up',
    speedMbps: up?.link.speedMbps ?? null,
  };
}

/** An RJ45 of the leaf itself: without a cable it is empty, though the card is there. */
const isSocket = (unit: KernelDevice, anchor: KernelDevice): boolean =>
  unit.devtype !== 'usb_device' &&
  kindOf(unit) !== 'virtual' &&
  anchor.devtype === null &&
  anchor.attributes.type === ETHERNET;

function kindOf({devpath, devtype, subsystem, attributes}: KernelDevice): PortKind {
  if (devpath.startsWith('/devices/virtual/')) {
    return 'virtual';
  }
  const isPlug = devtype === 'usb_device' || (subsystem === 'mmc' && attributes.type !== 'MMC');
  return isPlug && attributes.removable !== 'fixed' ? 'socket' : 'fixed';
}

/** What people on this machine call it: the interface, the node, the socket's number. */
function nameOf({unit, functions}: PortFacts): string {
  const [main] = functions;
  if (unit.devtype === 'usb_device' || main?.class.namedBy === 'unit') {
    return lastPart(unit.devpath);
  }
  return lastPart(main === undefined ? unit.devpath : (main.anchor.node ?? namedPart(main)));
}

const namedPart = ({anchor, members}: FoundFunction): string =>
  members.find(({node}) => node !== null)?.node ?? anchor.devpath;

/** Below the bridge or bond that it is a member of. */
const masterOf = (links: readonly LinkFact[]): string | null => {
  const master = links.find((link) => link.master !== null)?.master ?? null;
  return master === null ? null : `virtual/net/${master}`;
};

/** What sysfs says of a link until rtnetlink speaks. */
function linkInSysfs({attributes, ifindex, devpath, devtype}: KernelDevice): LinkFact {
  const speed = Number(attributes.speed ?? -1);
  return {
    ifindex: ifindex ?? 1,
    name: lastPart(devpath),
    kind: devtype,
    isUp: (Number.parseInt(attributes.flags ?? '0', 16) & 1) === 1,
    hasCarrier: attributes.carrier === '1',
    speedMbps: speed > 0 ? speed : null,
    master: null,
  };
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
