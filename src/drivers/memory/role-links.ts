import type {LinkRule, RoleLinks} from '#contracts/role-links.ts';
import type {KernelDevice} from '#domain/kernel-device.ts';
import type {RoleLinkLimit} from '#domain/role/link.ts';

export interface MemoryRoleLinksOptions {
  /** The kernel's devices now. */
  readonly devices: () => Iterable<KernelDevice>;
  readonly limit?: RoleLinkLimit | null;
}

/** udevd as far as links go, over a machine made of data: what comes is taken in order. */
export function createMemoryRoleLinks({devices, limit = null}: MemoryRoleLinksOptions): RoleLinks {
  let rules: readonly LinkRule[] = [];
  /** Link to the devpath of the node that holds it. */
  const holders = new Map<string, string>();
  /** Devpaths of the event nodes that are muted. */
  const muted = new Set<string>();
  let known = new Set<string>();

  const table = (): ReadonlyMap<string, KernelDevice> =>
    new Map([...devices()].map((device) => [device.devpath, device]));
  const pass = (device: KernelDevice, all: ReadonlyMap<string, KernelDevice>): void => {
    const fitting = new Set(rules.filter((rule) => isFit(rule, device, all)).map(({link}) => link));
    if (rules.some((rule) => rule.isMuted && isFit(rule, device, all))) {
      muted.add(device.devpath);
    } else {
      muted.delete(device.devpath);
    }
    for (const [link, holder] of [...holders]) {
      if (holder === device.devpath && !fitting.has(link)) {
        holders.delete(link);
      }
    }
    for (const link of fitting) {
      if (!holders.has(link)) {
        holders.set(link, device.devpath);
      }
    }
  };
  /** What has gone lets go; what has come is passed over once. */
  const follow = (): ReadonlyMap<string, KernelDevice> => {
    const all = table();
    for (const [link, holder] of [...holders]) {
      if (!all.has(holder)) {
        holders.delete(link);
      }
    }
    for (const device of all.values()) {
      if (!known.has(device.devpath)) {
        pass(device, all);
      }
    }
    known = new Set(all.keys());
    return all;
  };
  return {
    limit: () => limit,
    async write(next) {
      follow();
      rules = next;
    },
    isWritten: () => rules.length > 0,
    async trigger(devpaths) {
      const all = follow();
      for (const devpath of devpaths) {
        const device = all.get(devpath);
        if (device !== undefined) {
          pass(device, all);
        }
      }
    },
    muted() {
      const all = follow();
      return new Set([...muted].flatMap((devpath) => all.get(devpath)?.node ?? []));
    },
    read() {
      const all = follow();
      return new Map(
        [...holders].flatMap(([link, devpath]) => {
          const node = all.get(devpath)?.node ?? null;
          return node === null ? [] : [[link, node] as const];
        }),
      );
    },
  };
}

function isFit(
  rule: LinkRule,
  device: KernelDevice,
  all: ReadonlyMap<string, KernelDevice>,
): boolean {
  const line = lineOf(device, all);
  return (
    device.subsystem === rule.subsystem &&
    (rule.devtype === null || device.devtype === rule.devtype) &&
    fits(rule.namePattern, device.devpath.slice(device.devpath.lastIndexOf('/') + 1)) &&
    fits(rule.nodePattern, device.devpath) &&
    (rule.unitPattern === null || fits(`${rule.unitPattern}*`, device.devpath)) &&
    (rule.idPath === null || device.properties.ID_PATH === rule.idPath) &&
    isBelow(rule.rootHub, line) &&
    isUnit(rule, device, line) &&
    Object.entries(rule.marks).every(([key, text]) =>
      line.some(({attributes}) => attributes[key] === text),
    )
  );
}

const isBelow = (rootHub: string | null, line: readonly KernelDevice[]): boolean =>
  rootHub === null ||
  line.some(({attributes: {idVendor, idProduct}}) => idVendor === '1d6b' && idProduct === rootHub);

function isUnit({unit}: LinkRule, device: KernelDevice, line: readonly KernelDevice[]): boolean {
  switch (unit.kind) {
    case 'place':
      return true;
    case 'usb-serial':
      return line.some(
        ({attributes: {idVendor, idProduct, serial}}) =>
          idVendor === unit.vendor && idProduct === unit.product && serial === unit.serial,
      );
    case 'wwid':
      return (
        line.some(({attributes}) => attributes.wwid === unit.value) ||
        device.properties.ID_WWN_WITH_EXTENSION === unit.value ||
        device.properties.ID_WWN === unit.value
      );
  }
}

/** A device and what it hangs on. */
function lineOf(
  device: KernelDevice,
  all: ReadonlyMap<string, KernelDevice>,
): readonly KernelDevice[] {
  const line = [device];
  const {devpath} = device;
  for (let at = devpath.lastIndexOf('/'); at > 0; at = devpath.lastIndexOf('/', at - 1)) {
    const above = all.get(devpath.slice(0, at));
    if (above !== undefined) {
      line.push(above);
    }
  }
  return line;
}

/** A shell pattern as udev takes it: `*` goes over slashes, too. */
export function fits(pattern: string, text: string): boolean {
  const source = pattern.replace(/\[[^\]]*\]|[*?]|[^[*?\w/-]/g, (part) => {
    if (part === '*') {
      return '.*';
    }
    if (part === '?') {
      return '.';
    }
    return part.startsWith('[') ? part : `\\${part}`;
  });
  return new RegExp(`^${source}$`, 's').test(text);
}
