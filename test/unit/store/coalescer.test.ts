import fc from 'fast-check';
import {expect, it} from 'vitest';

import {createCoalescer} from '#store/coalescer.ts';
import {createFakeTime} from '#test/support/fake-time.ts';

function setUp() {
  const time = createFakeTime(1_000_000);
  const writes: number[] = [];
  const output = {isBlocked: false};
  const coalescer = createCoalescer({
    now: time.now,
    schedule: time.schedule,
    isOutputBlocked: () => output.isBlocked,
    write: () => writes.push(time.now()),
  });
  return {time, writes, output, coalescer};
}

it('writes the first change after quiet within 16 ms', () => {
  const {time, writes, coalescer} = setUp();
  coalescer.touch();
  time.advance(16);
  expect(writes).toHaveLength(1);
});

it('writes a burst once, with everything in it', () => {
  const {time, writes, coalescer} = setUp();
  for (let change = 0; change < 100; change += 1) {
    coalescer.touch();
  }
  time.advance(16);
  expect(writes).toHaveLength(1);
});

const CHANGE = fc.record({
  gap: fc.nat(300),
  kind: fc.constantFrom('touch' as const, 'touchLazily' as const),
});

it('writes at most five times a second after the first, and always the last change', () => {
  fc.assert(
    fc.property(fc.array(CHANGE, {minLength: 1, maxLength: 60}), (changes) => {
      const {time, writes, coalescer} = setUp();
      for (const {gap, kind} of changes) {
        time.advance(gap);
        coalescer[kind]();
      }
      const lastChange = time.now();
      time.advance(1_000);
      for (const from of writes) {
        const inSecond = writes.filter((at) => at >= from && at < from + 1_000);
        expect(inSecond.length).toBeLessThanOrEqual(1 + 5);
      }
      expect(writes.at(-1)).toBeGreaterThanOrEqual(lastChange);
      // What only accompanies facts waits until a write is left for the next of these.
      const limitMs = changes.at(-1)?.kind === 'touch' ? 200 : 400;
      expect(writes.at(-1)).toBeLessThanOrEqual(lastChange + limitMs);
    }),
  );
});

it('writes a second change close behind the first at once, and holds the third', () => {
  const {time, writes, coalescer} = setUp();
  const changeAfter = (gap: number): void => {
    time.advance(gap);
    coalescer.touch();
    time.advance(16);
  };
  changeAfter(0);
  changeAfter(50);
  expect(writes).toHaveLength(2);
  changeAfter(50);
  expect(writes).toHaveLength(2);
  time.advance(200);
  expect(writes).toHaveLength(3);
});

it('lets what accompanies facts wait, but not hold up the next fact', () => {
  const {time, writes, coalescer} = setUp();
  coalescer.touchLazily();
  time.advance(150);
  expect(writes).toEqual([]);
  coalescer.touch();
  time.advance(16);
  expect(writes).toHaveLength(1);
  coalescer.touchLazily();
  time.advance(200);
  expect(writes).toHaveLength(2);
  coalescer.touch();
  time.advance(16);
  expect(writes).toHaveLength(3);
});

it('leaves a write for the next fact, however much accompanies those before', () => {
  const {time, writes, coalescer} = setUp();
  for (let round = 0; round < 20; round += 1) {
    const seen = writes.length;
    coalescer.touch();
    time.advance(16);
    expect(writes).toHaveLength(seen + 1);
    time.advance(20);
    coalescer.touch();
    time.advance(16);
    for (let step = 0; step < 4; step += 1) {
      coalescer.touchLazily();
      time.advance(90);
    }
  }
});

it('holds back while the output is blocked, then writes once', () => {
  const {time, writes, output, coalescer} = setUp();
  output.isBlocked = true;
  coalescer.touch();
  time.advance(4_000);
  expect(writes).toEqual([]);
  output.isBlocked = false;
  time.advance(60);
  expect(writes).toHaveLength(1);
});

it('costs nothing while nothing changes', () => {
  const {time, coalescer} = setUp();
  coalescer.touch();
  time.advance(1_000);
  expect(time.waiting()).toBe(0);
});

it('writes nothing after it was stopped', () => {
  const {time, writes, coalescer} = setUp();
  coalescer.touch();
  coalescer.stop();
  time.advance(1_000);
  expect(writes).toEqual([]);
});

it('goes on when the clock is set back', () => {
  const time = createFakeTime(1_000_000);
  let offset = 0;
  const writes: number[] = [];
  const coalescer = createCoalescer({
    now: () => time.now() - offset,
    schedule: time.schedule,
    isOutputBlocked: () => false,
    write: () => writes.push(time.now()),
  });
  coalescer.touch();
  time.advance(300);
  offset = 3_600_000;
  coalescer.touch();
  time.advance(16);
  expect(writes).toHaveLength(2);
});
