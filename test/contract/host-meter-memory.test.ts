import {demoMeter} from '#drivers/memory/demo-usage.ts';
import {hostMeterSuite} from './host-meter.suite.ts';

hostMeterSuite('memory', {create: () => demoMeter});
