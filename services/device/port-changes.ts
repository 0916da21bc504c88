import type {Fact} from '#domain/catalogue.ts';
import type {PortId} from '#domain/ids.ts';
import type {PortState} from '#domain/port/state.ts';
import type {ObservedPort} from './observation.ts';
import {storedState} from './port-ids.ts';

/** The fact that a port reads otherwise than stored, or none. */
export function changedPort(known: PortState, port: ObservedPort, parent: PortId | null): Fact[] {
  const {link, speedMbps, name} = port;
  const state = storedState(known, port);
  const now = {
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
    ...('state' in now ? {state: known.state} : {}),
    ...('link' in now ? {link: known.link} : {}),
    ...('speedMbps' in now ? {speedMbps: known.speedMbps} : {}),
    ...('name' in now ? {name: known.name} : {}),
    ...('parent' in now ? {parent: known.parent} : {}),
  };
  return [{type: 'cim.port.changed.v1', subject: known.id, data: {...now, before}}];
}
