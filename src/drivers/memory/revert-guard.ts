import type {Clock} from '#contracts/clock.ts';
import type {PortControl} from '#contracts/port-control.ts';
import type {RevertGuard, RevertOutcome, RevertPlan} from '#contracts/revert-guard.ts';

interface Kept {
  readonly plan: RevertPlan;
  readonly cancel: () => void;
  acted: Promise<RevertOutcome> | null;
}

/** Guards that act in this process: they outlive nothing. */
export function createMemoryRevertGuard(
  clock: Pick<Clock, 'after' | 'iso'>,
  control: Pick<PortControl, 'carryOut'>,
): RevertGuard {
  const kept = new Map<string, Kept>();
  const act = (guard: Kept): Promise<RevertOutcome> => {
    guard.cancel();
    guard.acted ??= control.carryOut(guard.plan.steps, new AbortController().signal).then(
      () => ({at: clock.iso(), failed: null}),
      (error: unknown) => ({at: clock.iso(), failed: String(error)}),
    );
    return guard.acted;
  };
  return {
    async arm(plan) {
      const guard: Kept = {
        plan,
        acted: null,
        cancel: clock.after(plan.afterSeconds * 1000, () => void act(guard)),
      };
      kept.set(plan.id, guard);
    },
    async disarm(id) {
      const guard = kept.get(id);
      guard?.cancel();
      kept.delete(id);
      return guard?.acted ?? null;
    },
    async fire(id) {
      const guard = kept.get(id);
      return guard === undefined ? null : act(guard);
    },
    outcome: async (id) => kept.get(id)?.acted ?? null,
    list: async () => [...kept.keys()],
    async forget(id) {
      kept.get(id)?.cancel();
      kept.delete(id);
    },
  };
}
