import type {Refusal} from '#domain/command.ts';
import {forgetPort} from '#domain/port/commands.ts';
import type {PortState} from '#domain/port/state.ts';
import type {Inventory} from '#projections/inventory.ts';

import {changedMeanwhile, defineUseCase, type Verdict} from '../use-case.ts';
import {findWritablePort} from './find.ts';

/** Takes an empty port out of the list. What it was goes into the event, so that undo can. */
export const forgetPortCase = defineUseCase(forgetPort, (inventory, {target, seen}) => {
  const port = findWritablePort(inventory, target);
  if ('refused' in port) {
    return port;
  }
  const stale = changedMeanwhile(port.fields, ['label', 'deviceId', 'state'], seen);
  if (stale !== undefined) {
    return stale;
  }
  return forgetFacts(inventory, port);
});

/** What takes a port out of the list, or why it has to stay. Undo of `remembered` uses it, too. */
export function forgetFacts(inventory: Inventory, port: PortState): Verdict {
  const kept = inUse(inventory, port);
  if (kept !== undefined) {
    return kept;
  }
  const {
    id,
    deviceId: _empty,
    since: _since,
    sequence: _sequence,
    fields: _fields,
    wanted: _wanted,
    found: _found,
    change: _change,
    ...before
  } = port;
  return [{type: 'cim.port.forgotten.v1', subject: id, data: {before}}];
}

function inUse({roles}: Inventory, {id, deviceId, wanted}: PortState): Refusal | undefined {
  if (deviceId !== null) {
    return {refused: 'in-use', detail: `${id} holds ${deviceId}`};
  }
  if (Object.keys(wanted).length > 0) {
    return {refused: 'in-use', detail: `${id} is set: release it first`};
  }
  const role = Object.values(roles).find(
    ({target}) => target.kind === 'port' && target.portId === id,
  );
  return role === undefined
    ? undefined
    : {refused: 'in-use', detail: `role ${role.id} follows ${id}`};
}
