import {createMemoryInterfaceNames} from '#drivers/memory/interface-names.ts';
import {interfaceNamesSuite} from './interface-names.suite.ts';

interfaceNamesSuite({driver: 'memory'}, async () => ({
  names: createMemoryInterfaceNames(),
  one: 'eth0',
  other: 'eth1',
  stop: async () => {},
}));
