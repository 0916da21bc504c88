import type {ControlledPort, PlainStep} from '#contracts/port-control.ts';
import type {PortChangeState} from '#domain/port/row.ts';
import {
  changedNames,
  type PortSettings,
  pickSettings,
  type SettingName,
} from '#domain/port/settings.ts';
import type {PortState} from '#domain/port/state.ts';
import {epochMsOf} from '#domain/time.ts';
import {type ControlTools, reasonOf} from './control-tools.ts';
import {controlledPort} from './controlled.ts';
import {hardwareSettings} from './hardware-settings.ts';
import {setAndSee} from './set-and-see.ts';
import {guardId, revertedFact} from './trial-facts.ts';

/** A wish that nobody could do for so long is not done any more. */
const EXPIRES_MS = 300_000;

/** Does what is wanted: prepared to come back first, then set, then read back. */
export async function carryOutChange(
  tools: ControlTools,
  port: PortState,
  change: PortChangeState,
): Promise<void> {
  const {journal, clock, guard, signal, devpathsAt} = tools;
  const id = guardId(port.id, change.requested);
  // One that is armed was armed by an agent that did not come to its end.
  const earlier = change.trySeconds === null ? null : await guard.fire(id, signal);
  if (earlier !== null) {
    await tools.teller.store(revertedFact(port.id, change, 'agent', earlier), change.requested);
    return guard.forget(id);
  }
  if (clock.now() - epochMsOf(change.at) > EXPIRES_MS) {
    return fail(tools, port, change, {reason: 'the leaf was away for too long', undone: true});
  }
  const target = controlledPort(journal.inventory(), port, devpathsAt);
  const settings = hardwareSettings(port, changedNames(change.change));
  const names = changedNames(settings);
  const prepared = await prepare(tools, {id, change, target, names}).catch((error: unknown) => {
    signal.throwIfAborted();
    return reasonOf(error);
  });
  // What cannot be stored is no failure of the change: it is looked at again.
  return typeof prepared === 'string'
    ? fail(tools, port, change, {reason: prepared, undone: true})
    : apply(tools, {port, change, target, settings, ...prepared});
}

interface Preparation {
  readonly id: string;
  readonly change: PortChangeState;
  readonly target: ControlledPort;
  readonly names: readonly SettingName[];
}

/** How it is now, what brings that back, and until when that is confirmed. Nothing is set yet. */
async function prepare(
  tools: ControlTools,
  {id, change, target, names}: Preparation,
): Promise<Pick<Application, 'found' | 'back' | 'deadline'>> {
  const {control, signal} = tools;
  const found = tools.found.get(id) ?? pickSettings(await control.read(target, signal), names);
  tools.found.set(id, found);
  const back = await control.wayBack(target, names, signal);
  return {found, back, deadline: await arm(tools, id, change, back)};
}

/** Tells until when it can be confirmed; null: it is not tried. */
async function arm(
  {guard, clock, signal}: ControlTools,
  id: string,
  {trySeconds}: PortChangeState,
  steps: readonly PlainStep[],
): Promise<string | null> {
  if (trySeconds === null) {
    return null;
  }
  const deadline = clock.iso(clock.now() + trySeconds * 1000);
  await guard.arm({id, afterSeconds: trySeconds, steps}, signal);
  return deadline;
}

interface Application {
  readonly port: PortState;
  readonly change: PortChangeState;
  readonly target: ControlledPort;
  readonly settings: PortSettings;
  readonly back: readonly PlainStep[];
  readonly found: PortSettings;
  readonly deadline: string | null;
}

async function apply(tools: ControlTools, application: Application): Promise<void> {
  const {teller, signal} = tools;
  const {port, change, target, settings, found, deadline} = application;
  const {requested} = change;
  try {
    await setAndSee(tools, target, settings);
  } catch (error) {
    signal.throwIfAborted();
    const undone = await takeBack(tools, application);
    return fail(tools, port, change, {reason: reasonOf(error), undone});
  }
  await teller.store(
    {
      type: 'cim.port.change-applied.v1',
      subject: port.id,
      data: {requested, change: change.change, found, deadline, occasion: 'wish'},
    },
    requested,
  );
  tools.found.delete(guardId(port.id, requested));
}

/** Puts back what was set of it; false: not all could be. */
async function takeBack(
  {guard, control, log, signal}: ControlTools,
  {port, change, back, deadline}: Application,
): Promise<boolean> {
  const id = guardId(port.id, change.requested);
  try {
    if (deadline === null) {
      await control.carryOut(back, signal);
      return true;
    }
    const outcome = await guard.fire(id, signal);
    await guard.forget(id);
    return outcome?.failed === null;
  } catch (error) {
    log.error(`take back a change of port ${port.id}`, error);
    return false;
  }
}

async function fail(
  {teller, found}: ControlTools,
  {id}: PortState,
  {requested, change}: PortChangeState,
  how: {readonly reason: string; readonly undone: boolean},
): Promise<void> {
  const data = {requested, change, ...how};
  await teller.store({type: 'cim.port.change-failed.v1', subject: id, data}, requested);
  found.delete(guardId(id, requested));
}
