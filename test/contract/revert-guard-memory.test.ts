import type {PlainStep} from '#contracts/port-control.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createMemoryRevertGuard} from '#drivers/memory/revert-guard.ts';
import {revertGuardSuite} from './revert-guard.suite.ts';

const STEP: PlainStep = {kind: 'write', path: 'a', text: '1'};
const FAILING: PlainStep = {kind: 'run', argv: ['false']};

revertGuardSuite('memory', async () => {
  const clock = createMemoryClock(0);
  let done = 0;
  const carryOut = async (steps: readonly PlainStep[]): Promise<void> => {
    done += steps.filter((step) => step === STEP).length;
    if (steps.includes(FAILING)) {
      throw new Error('false exited 1');
    }
  };
  return {
    guard: createMemoryRevertGuard(clock, {carryOut}),
    step: STEP,
    failing: FAILING,
    done: () => done,
    pass: (seconds) => clock.turn(seconds * 1000),
    stop: async () => {},
  };
});
