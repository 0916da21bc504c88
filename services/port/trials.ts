import type {RevertOutcome} from '#contracts/revert-guard.ts';
import type {PortChangeState} from '#domain/port/row.ts';
import {changedNames, withChange} from '#domain/port/settings.ts';
import type {PortState} from '#domain/port/state.ts';
import {epochMsOf} from '#domain/time.ts';
import {type ControlTools, reasonOf} from './control-tools.ts';
import {controlledPort} from './controlled.ts';
import {hardwareSettings} from './hardware-settings.ts';
import {guardId, revertedFact} from './trial-facts.ts';

/** Changes that wait for a confirm. */
export interface Trials {
  /** What no open change belongs to takes nothing back any more. */
  sweep(): Promise<void>;
  /** Looks whether it was taken back; asks to be called again when it may have been. */
  watch(port: PortState, change: PortChangeState): Promise<void>;
  /** The port has no change on trial any more: nothing takes it back. */
  end(portId: string): Promise<void>;
  stop(): void;
}

/** The guard has its own clock: it gets this long before the agent does its work. */
const GRACE_MS = 5000;
const LOOK_EVERY_MS = 500;

export function createTrials(
  tools: ControlTools & {readonly onDue: (portId: string) => void},
): Trials {
  const {journal, guard, clock, teller, signal, onDue} = tools;
  const timers = new Map<string, () => void>();
  const later = (portId: string, delayMs: number): void => {
    timers.get(portId)?.();
    timers.set(
      portId,
      clock.after(delayMs, () => onDue(portId)),
    );
  };
  const sweep = async (): Promise<void> => {
    const open = Object.values(journal.inventory().ports).flatMap(({id, change}) =>
      change === null ? [] : [guardId(id, change.requested)],
    );
    for (const id of (await guard.list()).filter((id) => !open.includes(id))) {
      await guard.disarm(id, signal);
      await guard.forget(id);
    }
  };
  return {
    sweep,
    async watch(port, change) {
      const id = guardId(port.id, change.requested);
      const overMs = clock.now() - epochMsOf(change.deadline ?? change.at);
      const acted = await guard.outcome(id);
      if (acted === null && overMs < GRACE_MS) {
        later(port.id, Math.min(Math.max(LOOK_EVERY_MS, -overMs), 3_600_000));
        return;
      }
      const outcome = acted ?? (await takeBack(tools, port, change));
      const by = acted === null ? 'agent' : 'guard';
      await teller.store(revertedFact(port.id, change, by, outcome), change.requested);
      await guard.forget(id);
    },
    async end(portId) {
      timers.get(portId)?.();
      timers.delete(portId);
      await sweep();
    },
    stop() {
      for (const cancel of timers.values()) {
        cancel();
      }
    },
  };
}

/** The guard is gone, or has not acted: what it would have done is done here. */
async function takeBack(
  {guard, control, clock, signal, journal, devpathsAt}: ControlTools,
  port: PortState,
  {requested, change, before}: PortChangeState,
): Promise<RevertOutcome> {
  const fired = await guard.fire(guardId(port.id, requested), signal);
  if (fired !== null) {
    return fired;
  }
  const wanted = withChange(port.wanted, before);
  const settings = hardwareSettings({...port, wanted}, changedNames(change));
  try {
    await control.apply(controlledPort(journal.inventory(), port, devpathsAt), settings, signal);
    return {at: clock.iso(), failed: null};
  } catch (error) {
    signal.throwIfAborted();
    return {at: clock.iso(), failed: reasonOf(error)};
  }
}
