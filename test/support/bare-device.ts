import type {KernelDevice} from '#domain/kernel-device.ts';

/** A kernel device of which nothing is known but its path, and what is told here. */
export const bareDevice = (devpath: string, fields: Partial<KernelDevice> = {}): KernelDevice => ({
  devpath,
  subsystem: null,
  devtype: null,
  driver: null,
  node: null,
  links: [],
  ifindex: null,
  properties: {},
  attributes: {},
  references: {},
  isUdevDone: false,
  ...fields,
});
