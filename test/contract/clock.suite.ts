import {beforeEach, expect, test} from 'vitest';

import type {Clock} from '#contracts/clock.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

export interface ClockHarness {
  readonly clock: Clock;
  /** Resolves when at least this much time has passed by it. */
  pass(ms: number): Promise<void>;
}

/** Timers of the system may be early by a part of a millisecond. */
const EARLY_MS = 1;

/** What every clock keeps. */
export function clockSuite(driver: DriverOf<'clock'>, start: () => ClockHarness): void {
  describeContract({contract: 'clock', driver}, () => {
    let clock: Clock;
    let pass: ClockHarness['pass'];
    let called: string[];
    const call = (name: string) => () => void called.push(name);

    beforeEach(() => {
      ({clock, pass} = start());
      called = [];
    });

    test('writes moments in UTC with milliseconds, now where none is given', () => {
      expect(clock.iso(0)).toBe('1970-01-01T00:00:00.000Z');
      expect(clock.iso(951_782_399_999)).toBe('2000-02-28T23:59:59.999Z');
      const before = clock.now();
      const written = clock.iso();
      expect(written).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(Date.parse(written)).toBeGreaterThanOrEqual(before);
      expect(Date.parse(written)).toBeLessThanOrEqual(clock.now());
    });

    test('goes on by what passes, both ways of reading it', async () => {
      const [wall, monotonic] = [clock.now(), clock.monotonicMs()];
      expect(clock.monotonicMs()).toBeGreaterThanOrEqual(monotonic);
      await pass(30);
      expect(clock.monotonicMs() - monotonic).toBeGreaterThanOrEqual(30 - EARLY_MS);
      expect(clock.now() - wall).toBeGreaterThanOrEqual(30 - EARLY_MS);
    });

    test('calls what falls due in its order, each once, and never at once', async () => {
      clock.after(20, call('later'));
      clock.after(5, call('sooner'));
      clock.after(0, call('next'));
      expect(called).toEqual([]);
      await pass(40);
      expect(called).toEqual(['next', 'sooner', 'later']);
      await pass(25);
      expect(called).toHaveLength(3);
    });

    test('does not call what was taken back, and lets it be taken back late', async () => {
      const cancel = clock.after(5, call('taken back'));
      const keep = clock.after(5, call('kept'));
      cancel();
      cancel();
      await pass(20);
      keep();
      expect(called).toEqual(['kept']);
    });

    test('knows whether it is right, or says that it does not', () => {
      expect(['synced', 'unsynced', 'unknown']).toContain(clock.state());
    });
  });
}
