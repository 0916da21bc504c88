import type {CimEvent} from '#domain/envelope.ts';
import type {RoleTarget} from '#domain/role/events.ts';

/** Ids of the ports that an event is about: its own, those a unit or role came from, a dock's. */
export function portsOf(event: CimEvent): ReadonlySet<string> {
  return new Set(event.type.startsWith('cim.port.') ? [event.subject] : placesIn(event));
}

function placesIn({type, data}: CimEvent): readonly string[] {
  switch (type) {
    case 'cim.device.added.v1':
      return [data.portId, ...(data.sockets ?? []).map(({id}) => id)];
    case 'cim.device.moved.v1':
      return [
        ...[data, ...(data.followers ?? [])].flatMap((one) => [one.portId, one.before.portId]),
        ...(data.ports ?? []).map(({id}) => id),
      ];
    case 'cim.device.removed.v1':
      return [
        data.portId,
        ...(data.devices ?? []).map(({portId}) => portId),
        ...(data.socketsForgotten ?? []),
      ];
    case 'cim.role.bound.v1':
      return [data.target, data.before?.target].flatMap(placeOf);
    case 'cim.role.unbound.v1':
      return placeOf(data.before.target);
    default:
      return [];
  }
}

const placeOf = (target: RoleTarget | undefined): readonly string[] =>
  target?.kind === 'port' ? [target.portId] : [];
