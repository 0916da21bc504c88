import {readText} from './read-file.ts';

/** Login names of processes. */
export interface People {
  /** Of a numeric user id; the number where nobody bears it. */
  nameOf(uid: number | undefined): string;
  /** Who logged in and started it, also where sudo made it another's; null: not known. */
  personOf(pid: string, unit: string | null): string | null;
}

/** What the kernel writes where nobody logged in. */
const NOBODY = 4294967295;

/** Reads the names once; sessions as systemd-logind keeps them. */
export function createPeople(procRoot: string, runRoot: string): People {
  const names = new Map<string, string>();
  for (const line of (readText('/etc/passwd') ?? '').split('\n')) {
    const [name, , uid] = line.split(':');
    if (name !== undefined && uid !== undefined) {
      names.set(uid, name);
    }
  }
  const nameOf = (uid: number | undefined): string =>
    uid === undefined ? '?' : (names.get(String(uid)) ?? String(uid));
  return {
    nameOf,
    personOf(pid, unit) {
      const text = readText(`${procRoot}/${pid}/loginuid`)?.trim() ?? '';
      if (text !== '' && Number(text) !== NOBODY) {
        return nameOf(Number(text));
      }
      const [, session] = /^session-(.+)\.scope$/.exec(unit ?? '') ?? [];
      const kept = session === undefined ? '' : readText(`${runRoot}/systemd/sessions/${session}`);
      return /^USER=(.+)$/m.exec(kept ?? '')?.[1] ?? null;
    },
  };
}
