import {createSystemClock} from '#drivers/system/clock.ts';
import {clockSuite} from './clock.suite.ts';

clockSuite('system', () => {
  const clock = createSystemClock();
  return {clock, pass: (ms) => new Promise((resolve) => void clock.after(ms, resolve))};
});
