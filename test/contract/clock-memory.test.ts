import {createMemoryClock} from '#drivers/memory/clock.ts';
import {clockSuite} from './clock.suite.ts';

clockSuite('memory', () => {
  const clock = createMemoryClock();
  return {clock, pass: clock.turn};
});
