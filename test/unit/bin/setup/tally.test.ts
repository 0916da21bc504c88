import {expect, test} from 'vitest';
import {addTallies, printTally, readTally} from '#bin/setup/tally.mjs';

const tally = {passed: 3, failed: 0, skipped: [{name: 'a.test.ts > b', reason: 'not root'}]};

test('takes what the reporter wrote', () => {
  expect(readTally(JSON.stringify(tally), 0)).toEqual(tally);
});

test('counts a run that ended badly as failed', () => {
  expect(readTally(JSON.stringify(tally), 1)).toEqual({...tally, failed: 1});
  expect(readTally(undefined, 137)).toEqual({passed: 0, failed: 1, skipped: []});
});

test('prints skipped tests with their reason and the sum alone on its line', () => {
  expect(printTally(addTallies([tally, {passed: 1, failed: 2, skipped: []}]))).toBe(
    'SKIP a.test.ts > b: not root\n4 passed, 2 failed, 1 skipped\n',
  );
});
