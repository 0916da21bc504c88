import {changedNames, pickSettings} from '#domain/port/settings.ts';
import type {PortState} from '#domain/port/state.ts';

import {type ControlTools, type Occasion, reasonOf} from './control-tools.ts';
import {controlledPort} from './controlled.ts';
import {hardwareSettings} from './hardware-settings.ts';
import {differing, setAndSee} from './set-and-see.ts';

/** Applies again what is wanted of a port and does not hold: its unit has come, or the agent. */
export async function enforceWanted(
  tools: ControlTools,
  port: PortState,
  occasion: Occasion,
): Promise<void> {
  const {journal, control, teller, log, signal, devpathsAt} = tools;
  const settings = hardwareSettings(port, changedNames(port.wanted));
  if (changedNames(settings).length === 0) {
    return;
  }
  const target = controlledPort(journal.inventory(), port, devpathsAt);
  if (target.devpaths.length === 0) {
    return;
  }
  const seen = await control.read(target, signal);
  // What it has nothing of may come later: a function that is not there yet.
  const names = differing(settings, seen).filter((name) => seen[name] !== undefined);
  if (names.length === 0) {
    return;
  }
  const change = pickSettings(settings, names);
  const found = pickSettings(seen, names);
  const about = {requested: null, change};
  try {
    await setAndSee(tools, target, change);
  } catch (error) {
    signal.throwIfAborted();
    log.error(`set port ${port.id} again`, error);
    const reason = reasonOf(error);
    const data = {...about, reason, undone: false};
    return teller.store({type: 'cim.port.change-failed.v1', subject: port.id, data}, null);
  }
  const data = {...about, found, deadline: null, occasion};
  await teller.store({type: 'cim.port.change-applied.v1', subject: port.id, data}, null);
}
