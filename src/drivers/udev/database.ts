import {readSmallFile} from './read-file.ts';

/** What names a kernel device's record in the udev database. */
export interface RecordKey {
  readonly subsystem: string | null;
  readonly name: string;
  readonly ifindex: number | null;
  readonly major: string | undefined;
  readonly minor: string | undefined;
}

export interface UdevRecord {
  readonly properties: Readonly<Record<string, string>>;
  readonly links: readonly string[];
}

/** The udev database, as far as it can be trusted here. */
export interface UdevDatabase {
  read(key: RecordKey): UdevRecord | undefined;
}

/** What udevd has said of the devices: none without udevd, where the files are left-overs. */
export interface DatabaseTrust {
  readonly isAlive: boolean;
  /** udevd's network namespace is ours: `n<ifindex>` means our interface. */
  readonly isSameNetwork: boolean;
}

/** The database in `<runRoot>/udev/data`. */
export function createUdevDatabase(trust: DatabaseTrust, runRoot = '/run'): UdevDatabase {
  return {
    read(key) {
      const isTrusted = trust.isAlive && (key.ifindex === null || trust.isSameNetwork);
      const file = isTrusted ? fileOf(key) : undefined;
      const text = file === undefined ? undefined : readSmallFile(`${runRoot}/udev/data/${file}`);
      return text === undefined ? undefined : parseRecord(text);
    },
  };
}

/** sd-device's ids: `b8:0`, `c188:0`, `n3`, `+usb:1-3`. */
function fileOf({subsystem, name, ifindex, major, minor}: RecordKey): string | undefined {
  if (major !== undefined && minor !== undefined) {
    return `${subsystem === 'block' ? 'b' : 'c'}${major}:${minor}`;
  }
  if (ifindex !== null) {
    return `n${ifindex}`;
  }
  return subsystem === null ? undefined : `+${subsystem}:${name}`;
}

/** Lines `E:KEY=VALUE` and `S:link`; all others are udevd's own business. */
export function parseRecord(text: string): UdevRecord {
  const properties: Record<string, string> = {};
  const links: string[] = [];
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    if (line.startsWith('E:') && at > 2) {
      properties[line.slice(2, at)] = line.slice(at + 1);
    } else if (line.startsWith('S:')) {
      links.push(`/dev/${line.slice(2)}`);
    }
  }
  return {properties, links: links.toSorted()};
}
