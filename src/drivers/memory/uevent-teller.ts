import type {MonitorNotice} from '#contracts/device-monitor.ts';
import type {KernelDevice, Uevent, UeventAction} from '#domain/kernel-device.ts';

/** Tells what happens to devices as the kernel does, numbers and losses included. */
export interface UeventTeller {
  listen(listener: (notice: MonitorNotice) => void): void;
  tell(action: UeventAction, device: KernelDevice): void;
  notice(notice: MonitorNotice): void;
  /** Records made by `change` are lost; the socket counts them or not. */
  unheard(change: () => void, isCounted: boolean): void;
  /** So many records were not for us. */
  skip(count: number): void;
}

/** With udev, each record of the kernel is followed by one of udev. */
export function createUeventTeller(hasUdev: boolean): UeventTeller {
  let listener: (notice: MonitorNotice) => void = () => {};
  let seqnum = 1000;
  let lost: number | undefined;
  return {
    listen(next) {
      listener = next;
    },
    notice: (notice) => listener(notice),
    tell(action, device) {
      if (device.subsystem === null) {
        return; // the kernel announces nothing without a subsystem: sockets of a hub, PCI roots
      }
      seqnum += 1;
      if (lost !== undefined) {
        lost += 1;
        return;
      }
      const uevent = ueventOf(action, device, seqnum);
      listener({kind: 'uevent', uevent});
      if (hasUdev) {
        listener({kind: 'uevent', uevent: {...uevent, source: 'udev'}});
      }
    },
    unheard(change, isCounted) {
      const before = seqnum;
      lost = 0;
      change();
      const count = lost;
      lost = undefined;
      if (isCounted) {
        listener({kind: 'drops', count});
      } else {
        seqnum = before;
      }
    },
    skip(count) {
      seqnum += count;
    },
  };
}

function ueventOf(action: UeventAction, device: KernelDevice, seqnum: number): Uevent {
  const {devpath, subsystem, devtype, ifindex} = device;
  return {
    source: 'kernel',
    action,
    devpath,
    subsystem,
    seqnum,
    properties: {
      ACTION: action,
      DEVPATH: devpath,
      ...(subsystem === null ? {} : {SUBSYSTEM: subsystem}),
      ...(devtype === null ? {} : {DEVTYPE: devtype}),
      ...(ifindex === null ? {} : {IFINDEX: String(ifindex)}),
      SEQNUM: String(seqnum),
    },
  };
}
