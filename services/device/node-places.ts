import type {KernelDevice} from '#domain/kernel-device.ts';

/** Where a node of a unit hangs in sysfs, and what tells it from others that hang alike. */
export interface NodePlace {
  /** Path in /dev. */
  readonly path: string;
  readonly devpath: string;
  readonly subsystem: string;
  readonly devtype: string | null;
  /** sysfs attributes of it, or of what it hangs below within the unit, by name. */
  readonly marks: Readonly<Record<string, string>>;
  /** udev's own stable place of a disk, with the buses it hangs on. */
  readonly idPath: string | null;
}

/** Number of a video node in its function, of a port of an adapter, name of an input. */
const MARKS = ['index', 'port_number', 'name'] as const;

/** The nodes of a unit, by their place in sysfs. */
export function nodePlacesOf(members: readonly KernelDevice[]): readonly NodePlace[] {
  return members.flatMap((member): readonly NodePlace[] => {
    const {node, devpath, subsystem, devtype, properties} = member;
    return node === null || subsystem === null
      ? []
      : [
          {
            path: node,
            devpath,
            subsystem,
            devtype,
            marks: marksOf(member, members),
            idPath: subsystem === 'block' ? (properties.ID_PATH ?? null) : null,
          },
        ];
  });
}

function marksOf(
  {devpath}: KernelDevice,
  members: readonly KernelDevice[],
): Readonly<Record<string, string>> {
  const marks: Record<string, string> = {};
  // Nearest first: an input has a name, and so has what it hangs on.
  const above = members
    .filter((member) => `${devpath}/`.startsWith(`${member.devpath}/`))
    .toSorted((a, b) => b.devpath.length - a.devpath.length);
  for (const {attributes} of above) {
    for (const key of MARKS) {
      const value = attributes[key];
      if (value !== undefined && marks[key] === undefined) {
        marks[key] = value;
      }
    }
  }
  return marks;
}
