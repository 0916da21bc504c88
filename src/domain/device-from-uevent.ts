import type {KernelDevice, Uevent} from './kernel-device.ts';

/** A kernel device as far as its record tells, for what had gone again before it could be read. */
export function deviceFromUevent({devpath, subsystem, properties}: Uevent): KernelDevice {
  const {DEVTYPE, DEVNAME, DRIVER, IFINDEX} = properties;
  const ifindex = Number(IFINDEX);
  return {
    devpath,
    subsystem,
    devtype: DEVTYPE ?? null,
    driver: DRIVER ?? null,
    node: DEVNAME ?? null,
    links: [],
    ifindex: Number.isInteger(ifindex) && ifindex > 0 ? ifindex : null,
    properties,
    attributes: {},
    references: {},
    isUdevDone: false,
  };
}
