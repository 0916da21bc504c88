import type {Refusal} from '#domain/command.ts';
import {ownValue} from '#domain/own.ts';
import type {PortState} from '#domain/port/state.ts';
import type {Inventory} from '#projections/inventory.ts';

import {newerEvent} from '../use-case.ts';

/** The port that an id, an exact label, or the name of an unlabelled one means. */
export function findPort(inventory: Inventory, target: string): PortState | Refusal {
  const byId = ownValue(inventory.ports, target);
  if (byId !== undefined) {
    return byId;
  }
  const ports = Object.values(inventory.ports);
  const labelled = ports.filter(({label}) => label === target);
  const matches = labelled.length > 0 ? labelled : ports.filter(({name}) => name === target);
  const [port, second] = matches;
  if (port === undefined) {
    return {refused: 'unknown-port', detail: target};
  }
  if (second !== undefined) {
    return {refused: 'ambiguous-target', detail: matches.map(({id}) => id).join(', ')};
  }
  return port;
}

/** The same, for a port that is to be changed: refused when it has an event that is newer. */
export function findWritablePort(inventory: Inventory, target: string): PortState | Refusal {
  const port = findPort(inventory, target);
  const id = 'refused' in port ? target : port.id;
  return newerEvent(inventory, 'port', id) ?? port;
}
