import type {KernelDevice} from '#domain/kernel-device.ts';
import {createMemoryRoleLinks} from '#drivers/memory/role-links.ts';
import {bareDevice} from '#test/support/bare-device.ts';
import {roleLinksSuite} from './role-links.suite.ts';

const disk = (name: string): KernelDevice =>
  bareDevice(`/devices/virtual/block/${name}`, {
    subsystem: 'block',
    devtype: 'disk',
    node: `/dev/${name}`,
    isUdevDone: true,
  });

const [ONE, OTHER] = [disk('loop0'), disk('loop1')];
const nodeOf = ({node, devpath}: KernelDevice) => ({
  path: node ?? '',
  devpath,
  subsystem: 'block',
  devtype: 'disk',
});

roleLinksSuite({driver: 'memory'}, async () => ({
  links: createMemoryRoleLinks({devices: () => [ONE, OTHER]}),
  one: nodeOf(ONE),
  other: nodeOf(OTHER),
  both: '/devices/virtual/block/loop[01]',
  settle: async () => {},
  stop: async () => {},
}));
