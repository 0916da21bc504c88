import {Uevent} from '#domain/kernel-device.ts';

/** Takes the lines of `udevadm monitor --property` and hands on whole records. */
export interface RecordParser {
  line(line: string): void;
  /** Records that were no uevents of a form we know. */
  refused(): number;
}

const HEAD = /^(KERNEL|UDEV)\s*\[[\d.]+\]\s/;

/**
 * A parser of monitor output: a head line, `KEY=VALUE` lines, an empty line. `onReady` is called
 * once at the empty line behind the monitor's own introduction, when its sockets listen.
 */
export function createRecordParser(
  onUevent: (uevent: Uevent) => void,
  onReady: () => void,
): RecordParser {
  let source: 'kernel' | 'udev' | undefined;
  let properties: Record<string, string> = {};
  let isReady = false;
  let refused = 0;

  const finish = (): void => {
    if (source === undefined) {
      return;
    }
    const uevent = readUevent(source, properties);
    source = undefined;
    if (uevent === undefined) {
      refused += 1;
    } else {
      onUevent(uevent);
    }
  };
  return {
    refused: () => refused,
    line(line) {
      if (line === '') {
        finish();
        if (!isReady) {
          isReady = true;
          onReady();
        }
        return;
      }
      const head = HEAD.exec(line)?.[1];
      if (head !== undefined) {
        finish();
        source = head === 'UDEV' ? 'udev' : 'kernel';
        properties = {};
        return;
      }
      const at = line.indexOf('=');
      if (source !== undefined && at > 0) {
        properties[line.slice(0, at)] = line.slice(at + 1);
      }
    },
  };
}

/** The properties of one record as a uevent, or undefined when they make none. */
export function readUevent(
  source: 'kernel' | 'udev',
  properties: Readonly<Record<string, string>>,
): Uevent | undefined {
  const {ACTION, DEVPATH, SUBSYSTEM, SEQNUM} = properties;
  const seqnum = Number(SEQNUM);
  const read = Uevent.safeParse({
    source,
    action: ACTION,
    devpath: DEVPATH,
    subsystem: SUBSYSTEM ?? null,
    seqnum: Number.isSafeInteger(seqnum) ? seqnum : null,
    properties,
  });
  return read.success ? read.data : undefined;
}
