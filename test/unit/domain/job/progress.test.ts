import {expect, it} from 'vitest';

import {withRate} from '#domain/job/progress.ts';
import {isGood, progressWords} from '#domain/job/words.ts';

const half = {id: 'j', phase: null, done: 500_000, total: 1_000_000, unit: 'event'};

it('tells rate and remaining time once there is something to go by', () => {
  expect(withRate(half, 100)).toMatchObject({perSecond: null, remainingMs: null});
  expect(withRate({...half, done: 0}, 9000)).toMatchObject({perSecond: null, remainingMs: null});
  expect(withRate(half, 10_000)).toMatchObject({perSecond: 50_000, remainingMs: 10_000});
  expect(withRate({...half, total: null}, 10_000)).toMatchObject({
    perSecond: 50_000,
    remainingMs: null,
  });
});

it.each([
  [withRate(half, 100), '50 %, 500,000 of 1,000,000 events'],
  [withRate(half, 10_000), '50 %, 10 s left, 500,000 of 1,000,000 events, 50,000 a second'],
  [withRate({...half, done: 100_000}, 30_000), /5 min left, .* 3,333 a second$/],
  [withRate({...half, done: 100}, 10_000), /28 h left, .* 10 a second$/],
  [withRate({...half, total: null, phase: 'reading'}, 100), 'reading, 500,000 events'],
])('puts %j into words', (progress, words) => {
  const told = progressWords(progress);
  expect(typeof words === 'string' ? told : words.test(told)).toBe(
    typeof words === 'string' ? words : true,
  );
});

it.each([
  ['done', {events: 3, wrong: null}, true],
  ['done', {steps: 3}, true],
  ['done', {events: 3, wrong: 2}, false],
  ['failed', null, false],
  ['cancelled', null, false],
] as const)('%s with %j is good: %s', (outcome, result, expected) => {
  expect(isGood({outcome, reason: null, result})).toBe(expected);
});
