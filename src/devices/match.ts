import type {KernelDevice} from '#domain/kernel-device.ts';
import type {ClassMatch, Condition} from './class.ts';

/** True when a kernel device, whose parents are given nearest first, fits a match. */
export function isMatch(
  match: ClassMatch,
  device: KernelDevice,
  parents: () => readonly KernelDevice[],
): boolean {
  if (!isFit(match, device) || (match.not !== undefined && isFit(match.not, device))) {
    return false;
  }
  const {parent, notBelow} = match;
  return (
    (parent === undefined || parents().some((above) => isFit(parent, above))) &&
    (notBelow === undefined || !parents().some((above) => isFit(notBelow, above)))
  );
}

/** True when a kernel device fits every part of a condition. */
export function isFit(condition: Condition, device: KernelDevice): boolean {
  const {subsystem, devtype, driver, name, properties, attributes} = condition;
  return (
    (subsystem === undefined || subsystem === device.subsystem) &&
    (devtype === undefined || devtype === device.devtype) &&
    (driver === undefined || isGlobMatch(driver, device.driver ?? '')) &&
    (name === undefined || isGlobMatch(name, nameOf(device))) &&
    hasAll(properties, device.properties) &&
    hasAll(attributes, device.attributes)
  );
}

/** `*` stands for any text, everything else for itself. */
export function isGlobMatch(glob: string, text: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) {
    return text === glob;
  }
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) {
    return false;
  }
  let from = first.length;
  const end = text.length - last.length;
  return rest.every((part) => {
    const at = text.indexOf(part, from);
    from = at + part.length;
    return at !== -1 && from <= end;
  });
}

/** Last part of the devpath: the kernel's name. */
export const nameOf = ({devpath}: KernelDevice): string =>
  devpath.slice(devpath.lastIndexOf('/') + 1);

const hasAll = (
  globs: Readonly<Record<string, string>> | undefined,
  values: Readonly<Record<string, string>>,
): boolean =>
  globs === undefined ||
  Object.entries(globs).every(([key, glob]) => {
    const value = values[key];
    return value !== undefined && isGlobMatch(glob, value);
  });
