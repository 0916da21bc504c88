import {createHostMeter} from '#drivers/host/host-meter.ts';
import {hostMeterSuite} from '#test/contract/host-meter.suite.ts';

hostMeterSuite('host', {
  create: () => createHostMeter({home: '/'}),
  createBroken: () => createHostMeter({home: '/nonexistent'}),
});
