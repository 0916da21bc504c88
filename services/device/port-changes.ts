import type {Fact} from '#domain/catalogue.ts';
import type {PortId} from '#domain/ids.ts';
import type {PortState} from '#domain/port/state.ts';
import type {Inventory} from '#projections/inventory.ts';
import type {Observation, ObservedPort} from './observation.ts';
import {storedState} from './port-ids.ts';

/** A port as it is seen, with the id of its parent. */
export interface SeenPort {
  readonly port: ObservedPort;
  readonly parent: PortId | null;
  /** With a unit in it a port is made for that; an empty one is what it always was. */
  readonly isFilled: boolean;
}

/** The fact that a port reads otherwise than stored, or none. */
export function changedPort(known: PortState, {port, parent, isFilled}: SeenPort): Fact[] {
  const {link, speedMbps, name, direction} = port;
  const state = storedState(known, port);
  const now = {
    ...(!isFilled || port.class === known.class ? {} : {class: port.class}),
    ...(!isFilled || direction === known.direction ? {} : {direction}),
    ...(state === known.state ? {} : {state}),
    ...(link === known.link ? {} : {link}),
    ...(speedMbps === known.speedMbps ? {} : {speedMbps}),
    ...(name === known.name ? {} : {name}),
    ...(parent === known.parent ? {} : {parent}),
  };
  if (Object.keys(now).length === 0) {
    return [];
  }
  const before = {
    ...('class' in now ? {class: known.class} : {}),
    ...('direction' in now ? {direction: known.direction} : {}),
    ...('state' in now ? {state: known.state} : {}),
    ...('link' in now ? {link: known.link} : {}),
    ...('speedMbps' in now ? {speedMbps: known.speedMbps} : {}),
    ...('name' in now ? {name: known.name} : {}),
    ...('parent' in now ? {parent: known.parent} : {}),
  };
  return [{type: 'cim.port.changed.v1', subject: known.id, data: {...now, before}}];
}

/**
 * Sockets that had something in them and are not to be seen any more, as their driver has let go of
 * them: nothing is known to be there. One with a unit of its own is told of by that.
 */
export const vanishedPorts = (
  {ports}: Inventory,
  observation: Observation,
  isLeftOut: (port: PortState) => boolean,
): readonly Fact[] =>
  Object.values(ports)
    .filter(({deviceId, state}) => deviceId === null && state === 'present')
    .filter((port) => !observation.ports.has(port.position) && !isLeftOut(port))
    .map(({id, state}) => ({
      type: 'cim.port.changed.v1',
      subject: id,
      data: {state: 'absent', before: {state}},
    }));
