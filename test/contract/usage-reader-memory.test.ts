import {demoUsage} from '#drivers/memory/demo-usage.ts';
import {usageReaderSuite} from './usage-reader.suite.ts';

usageReaderSuite('memory', async () => ({
  reader: demoUsage,
  held: {node: '/dev/ttyUSB2', pid: 4312, name: 'scaled'},
  freeNode: '/dev/ttyUSB9',
  routed: 'eth0',
  rootDisk: '/dev/sda',
  seesAll: true,
  stop: async () => undefined,
}));
