import type {Fact} from '#domain/catalogue.ts';
import {releasePort} from '#domain/port/commands.ts';
import {changeBackTo, SETTING_NAMES} from '#domain/port/settings.ts';
import type {PortState} from '#domain/port/state.ts';
import type {Inventory} from '#projections/inventory.ts';

import {changedMeanwhile, defineUseCase, newerEvent, type Verdict} from '../use-case.ts';
import {changeFacts} from './change-facts.ts';
import {findWritablePort} from './find.ts';

/** Lets go of a port: its roles are unbound, and its settings go back to how they were found. */
export const releasePortCase = defineUseCase(
  releasePort,
  (inventory, {target, data, seen}, {stake}) => {
    const port = findWritablePort(inventory, target);
    if ('refused' in port) {
      return port;
    }
    const stale = changedMeanwhile(port.fields, ['wanted'], seen);
    const roles = unbindFacts(inventory, port);
    if (stale !== undefined || 'refused' in roles) {
      return stale ?? roles;
    }
    const wanted = SETTING_NAMES.filter((name) => port.wanted[name] !== undefined);
    if (wanted.length === 0) {
      return roles.length > 0 ? roles : {refused: 'nothing-to-change', detail: port.id};
    }
    const {trySeconds} = data;
    const facts = changeFacts(inventory, port, {
      change: changeBackTo({}, wanted),
      trySeconds,
      stake,
    });
    return 'refused' in facts ? facts : [...roles, ...facts];
  },
);

function unbindFacts(inventory: Inventory, port: PortState): Verdict {
  const facts: Fact[] = [];
  for (const {id, target, selector} of Object.values(inventory.roles)) {
    if (target.kind === 'port' && target.portId === port.id) {
      const newer = newerEvent(inventory, 'role', id);
      if (newer !== undefined) {
        return newer;
      }
      facts.push({type: 'cim.role.unbound.v1', subject: id, data: {before: {target, selector}}});
    }
  }
  return facts;
}
