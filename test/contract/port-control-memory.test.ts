import {createMemoryPortControl} from '#drivers/memory/port-control.ts';
import {portControlSuite} from './port-control.suite.ts';

portControlSuite({driver: 'memory'}, async () => ({
  control: createMemoryPortControl(),
  port: {portId: 'lan', devpaths: ['/devices/lan'], interface: 'eth0', line: null},
  stop: async () => {},
}));
