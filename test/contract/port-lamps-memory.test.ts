import {createMemoryPortLamps} from '#drivers/memory/port-lamps.ts';
import {portLampsSuite} from './port-lamps.suite.ts';

portLampsSuite('memory', async () => {
  const lamps = createMemoryPortLamps({'/dev/sda': 'disk', eth0: 'ethtool'});
  const isBlinking = (): boolean => lamps.blinking().length > 0;
  return {
    lamps,
    having: [
      {kind: 'disk', nodes: ['/dev/sda'], interfaces: [], isBlinking},
      {kind: 'ethtool', nodes: [], interfaces: ['eth0'], isBlinking},
    ],
    dark: '/dev/ttyUSB0',
    stop: async () => undefined,
  };
});
