/** What a cgroup path tells of a process. */
export interface Belonging {
  /** The innermost systemd unit, e.g. `session-7.scope`. */
  readonly unit: string | null;
  /** The container that it runs in, whatever unit of the container's own it is in there. */
  readonly container: string | null;
}

/** systemd's names for the unit that a container's processes are in, and NixOS's. */
const CONTAINER = /^(?:container@|systemd-nspawn@|machine-)(.+)\.(?:service|scope)$/;

/** Reads /proc/PID/cgroup: the unified hierarchy, or systemd's own. */
export function belongingOf(cgroup: string): Belonging {
  const line = cgroup.split('\n').find((each) => /^\d+:(?:name=systemd)?:/.test(each)) ?? '';
  const units = line
    .slice(line.indexOf('/'))
    .split('/')
    .filter((part) => /\.(?:service|scope)$/.test(part));
  const names = units.flatMap((unit) => CONTAINER.exec(unit)?.[1] ?? []);
  return {unit: units.at(-1) ?? null, container: names[0] === undefined ? null : plain(names[0])};
}

/** systemd writes what a name may not hold as `\x2d`. */
const plain = (name: string): string =>
  name.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
