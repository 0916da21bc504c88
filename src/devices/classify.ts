import type {KernelDevice} from '#domain/kernel-device.ts';
import type {ClassMatch, DeviceClass} from './class.ts';
import {OTHER_CLASS} from './classes.ts';
import {isFit, isMatch} from './match.ts';

/** Kernel devices that make one function of a unit. */
export interface FoundFunction {
  readonly class: DeviceClass;
  /** The kernel device whose position the function takes. */
  readonly anchor: KernelDevice;
  /** All that belongs to it, the anchor included. */
  readonly members: readonly KernelDevice[];
}

/**
 * The functions of one unit. `members` are its kernel devices, the unit first, parents before
 * children. Each kernel device goes to at most one function; what no class knows is `other`.
 */
export function classify(
  members: readonly KernelDevice[],
  classes: readonly DeviceClass[],
): readonly FoundFunction[] {
  const family = createFamily(members);
  const claimed = new Set<KernelDevice>();
  const found: FoundFunction[] = [];
  let isAlone = true;
  for (const deviceClass of byPriority(classes)) {
    for (const member of members) {
      const match: ClassMatch | undefined = claimed.has(member)
        ? undefined
        : matchOf({deviceClass, member, family, isAlone});
      if (match === undefined || isPartOfOther(deviceClass, member, claimed, family)) {
        continue;
      }
      isAlone = isAlone && match.alone === true;
      const scope = partsOf(deviceClass, member, family).filter((part) => !claimed.has(part));
      for (const part of scope) {
        claimed.add(part);
      }
      found.push({
        class: deviceClass,
        anchor: anchorOf(member, scope, deviceClass, members[0]),
        members: scope,
      });
    }
  }
  return found.length > 0 ? found : wholeUnit(members, classes);
}

/** A unit that no class knows is one function of class other. */
function wholeUnit(
  members: readonly KernelDevice[],
  classes: readonly DeviceClass[],
): readonly FoundFunction[] {
  const other = classes.find(({name}) => name === OTHER_CLASS);
  const [unit] = members;
  return other === undefined || unit === undefined ? [] : [{class: other, anchor: unit, members}];
}

const byPriority = (classes: readonly DeviceClass[]): readonly DeviceClass[] =>
  classes.toSorted((a, b) => b.priority - a.priority || (a.name < b.name ? -1 : 1));

interface Candidate {
  readonly deviceClass: DeviceClass;
  readonly member: KernelDevice;
  readonly family: Family;
  /** No function was found yet but such as are taken only where there is nothing better. */
  readonly isAlone: boolean;
}

const matchOf = ({deviceClass, member, family, isAlone}: Candidate): ClassMatch | undefined =>
  deviceClass.match.find(
    (match) =>
      (isAlone || match.alone !== true) && isMatch(match, member, () => family.parents(member)),
  );

/** The kernel devices of the group that the class takes; the one that matched is among them. */
const partsOf = (
  {group, takes}: DeviceClass,
  member: KernelDevice,
  family: Family,
): readonly KernelDevice[] =>
  family
    .scope(member, group)
    .filter(
      (part) => takes === undefined || part === member || takes.some((take) => isFit(take, part)),
    );

/** Left-over interfaces of an association that a better class uses are parts of that, not other. */
function isPartOfOther(
  deviceClass: DeviceClass,
  member: KernelDevice,
  claimed: ReadonlySet<KernelDevice>,
  family: Family,
): boolean {
  return (
    deviceClass.name === OTHER_CLASS &&
    family.scope(member, 'association').some((part) => claimed.has(part))
  );
}

/**
 * An association or interface stands where its first interface does. What is made of several
 * drivers' parts stands where the unit does: which of them comes first is chance.
 */
function anchorOf(
  member: KernelDevice,
  scope: readonly KernelDevice[],
  {group}: DeviceClass,
  unit: KernelDevice | undefined,
): KernelDevice {
  if (group === 'kernel-device') {
    return member;
  }
  const first = scope[0] ?? member;
  return group === 'device' && !isInterface(first) ? (unit ?? first) : first;
}

interface Family {
  parents(member: KernelDevice): readonly KernelDevice[];
  scope(member: KernelDevice, group: DeviceClass['group']): readonly KernelDevice[];
}

function createFamily(members: readonly KernelDevice[]): Family {
  const byPath = new Map(members.map((member) => [member.devpath, member]));
  const parents = (member: KernelDevice): readonly KernelDevice[] =>
    pathsAbove(member.devpath).flatMap((path) => byPath.get(path) ?? []);
  const interfaceOf = (member: KernelDevice): KernelDevice | undefined =>
    isInterface(member) ? member : parents(member).find(isInterface);
  const interfaces = members.filter(isInterface);
  const associationOf = (member: KernelDevice): string => {
    const own = interfaceOf(member);
    return own === undefined ? '' : associationKey(own, interfaces);
  };
  const scope = (member: KernelDevice, group: DeviceClass['group']): readonly KernelDevice[] => {
    switch (group) {
      case 'device':
        return members;
      case 'kernel-device':
        return members.filter(({devpath}) => isWithin(devpath, member.devpath));
      case 'interface': {
        const own = interfaceOf(member);
        return members.filter((part) => interfaceOf(part) === own && isPart(part, own));
      }
      case 'association': {
        const key = associationOf(member);
        return members.filter(
          (part) => associationOf(part) === key && isPart(part, interfaceOf(part)),
        );
      }
    }
  };
  return {parents, scope};
}

/** The unit itself belongs to a function only where it has no interfaces. */
const isPart = (part: KernelDevice, own: KernelDevice | undefined): boolean =>
  own !== undefined || part.devtype !== 'usb_device';

const isInterface = ({devtype}: KernelDevice): boolean => devtype === 'usb_interface';

/**
 * Interfaces that make one function: by the association descriptor; the data interface (0a) that
 * follows a communication interface (02) of older modems; the streams that follow the control
 * interface of sound without association descriptors (USB Audio 1.0).
 */
function associationKey(own: KernelDevice, interfaces: readonly KernelDevice[]): string {
  const first = own.attributes.iad_bFirstInterface;
  if (first !== undefined) {
    return `association ${Number.parseInt(first, 16)}`;
  }
  const before = interfaces.findLast(
    (other) => numberOf(other) < numberOf(own) && isFollowedBy(other, own),
  );
  return (before ?? own).devpath;
}

function isFollowedBy({attributes: first}: KernelDevice, {attributes: next}: KernelDevice) {
  const isData = first.bInterfaceClass === '02' && next.bInterfaceClass === '0a';
  const isSound = first.bInterfaceClass === '01' && next.bInterfaceClass === '01';
  return (
    isData || (isSound && first.bInterfaceSubClass === '01' && next.bInterfaceSubClass !== '01')
  );
}

const numberOf = ({attributes}: KernelDevice): number =>
  Number.parseInt(attributes.bInterfaceNumber ?? '0', 16);

const isWithin = (devpath: string, above: string): boolean =>
  devpath === above || devpath.startsWith(`${above}/`);

/** Devpaths above one, nearest first. */
function pathsAbove(devpath: string): readonly string[] {
  const paths: string[] = [];
  for (let at = devpath.lastIndexOf('/'); at > 0; at = devpath.lastIndexOf('/', at - 1)) {
    paths.push(devpath.slice(0, at));
  }
  return paths;
}
