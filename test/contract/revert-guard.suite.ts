import {afterEach, beforeEach, expect, test} from 'vitest';

import type {PlainStep} from '#contracts/port-control.ts';
import type {RevertGuard} from '#contracts/revert-guard.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

export interface GuardHarness {
  readonly guard: RevertGuard;
  /** A step, and how often it was done so far. */
  readonly step: PlainStep;
  done(): number;
  /** A step that fails. */
  readonly failing: PlainStep;
  /** Waits until the guards of so many seconds have come to act. */
  pass(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

/** What every guard keeps. */
export function revertGuardSuite(
  driver: DriverOf<'revert-guard'>,
  create: () => Promise<GuardHarness>,
): void {
  describeContract({contract: 'revert-guard', driver}, () => {
    const signal = new AbortController().signal;
    let harness: GuardHarness;
    const arm = (id: string, afterSeconds: number, steps = [harness.step]): Promise<void> =>
      harness.guard.arm({id, afterSeconds, steps}, signal);

    beforeEach(async () => {
      harness = await create();
    });
    afterEach(() => harness.stop());

    test('acts once when its time has come, and keeps how it came out', async () => {
      const {guard} = harness;
      await arm('a-1', 1);
      expect(await guard.outcome('a-1')).toBeNull();
      await harness.pass(1);
      expect(harness.done()).toBe(1);
      expect(await guard.outcome('a-1')).toMatchObject({failed: null});
      expect(await guard.fire('a-1', signal)).toEqual(await guard.outcome('a-1'));
      expect(harness.done()).toBe(1);
    });

    test('does not act once it is disarmed', async () => {
      const {guard} = harness;
      await arm('a-1', 1);
      await arm('a-2', 1);
      expect(await guard.disarm('a-1', signal)).toBeNull();
      await harness.pass(1);
      expect(harness.done()).toBe(1);
      expect(await guard.disarm('a-2', signal)).toMatchObject({failed: null});
    });

    test('acts at once when it is told to, and not again', async () => {
      const {guard} = harness;
      await arm('a-1', 3600);
      const outcome = await guard.fire('a-1', signal);
      expect(outcome).toMatchObject({failed: null});
      expect(Date.parse(outcome?.at ?? '')).not.toBeNaN();
      expect(harness.done()).toBe(1);
      expect(await guard.disarm('a-1', signal)).toEqual(outcome);
    });

    test('goes on behind a step that failed, and tells of it', async () => {
      await arm('a-1', 3600, [harness.failing, harness.step]);
      const outcome = await harness.guard.fire('a-1', signal);
      expect(outcome?.failed).not.toBeNull();
      expect(harness.done()).toBe(1);
    });

    test('knows those that are kept, and no other', async () => {
      const {guard} = harness;
      await arm('a-1', 3600);
      expect(await guard.list()).toEqual(['a-1']);
      expect(await guard.outcome('b-1')).toBeNull();
      expect(await guard.fire('b-1', signal)).toBeNull();
      expect(await guard.disarm('b-1', signal)).toBeNull();
      await guard.forget('a-1');
      await guard.forget('a-1');
      expect(await guard.list()).toEqual([]);
    });
  });
}
