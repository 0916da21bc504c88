import {expect, test} from 'vitest';
import {addTallies, printTally, readTally} from '#bin/setup/tally.mjs';

const tally = {
  passed: 3,
  failed: 0,
  skipped: [{name: 'a.test.ts > b', reason: 'not root'}],
  failures: [],
};

test('takes what the reporter wrote', () => {
  expect(readTally(JSON.stringify(tally), 0)).toEqual(tally);
});

test('counts a run that ended badly as failed', () => {
  expect(readTally(JSON.stringify(tally), 1)).toEqual({...tally, failed: 1});
  expect(readTally(undefined, 137)).toEqual({passed: 0, failed: 1, skipped: [], failures: []});
});

test('prints skipped and failed tests with their reason and the sum alone on its line', () => {
  const failures = [{name: 'a.test.ts > c', reason: 'expected 1\n\nto be 2'}];
  expect(printTally(addTallies([tally, {passed: 1, failed: 1, skipped: [], failures}]))).toBe(
    'SKIP a.test.ts > b: not root\nFAIL a.test.ts > c\n  | expected 1\n  | \n  | to be 2\n' +
      '4 passed, 1 failed, 1 skipped\n',
  );
});
