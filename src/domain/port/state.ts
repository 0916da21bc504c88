import type {CarriedPort} from '../device/events.ts';
import type {DeviceId, PortId} from '../ids.ts';
import type {Step} from '../step.ts';
import type {PortStateRow} from './row.ts';

/** A port as the events have made it. `fields` keeps, for each field, the sequence that set it. */
export type PortState = PortStateRow;

export type Ports = Readonly<Record<string, PortState>>;

export const initialPorts: Ports = {};

/** The ports after one more event. Never throws on a known event. */
export function evolvePorts(ports: Ports, step: Step): Ports {
  const {fact} = step;
  switch (fact.type) {
    case 'cim.port.added.v1': {
      const {cause: _cause, ...description} = fact.data;
      return withPorts(ports, step, [{...description, id: fact.subject as PortId}]);
    }
    case 'cim.port.remembered.v1': {
      const {label, ...description} = fact.data;
      const added = withPorts(ports, step, [{...description, id: fact.subject as PortId}]);
      return update(added, step, fact.subject, {label});
    }
    case 'cim.port.labelled.v1':
      return update(ports, step, fact.subject, {label: fact.data.label});
    case 'cim.port.changed.v1':
    case 'cim.port.summed-up.v1': {
      const {state, link, speedMbps, name, parent} = fact.data;
      return update(ports, step, fact.subject, {state, link, speedMbps, name, parent});
    }
    case 'cim.port.forgotten.v1':
      return without(ports, [fact.subject]);
    default:
      return evolveByDevice(ports, step);
  }
}

function evolveByDevice(ports: Ports, step: Step): Ports {
  const {fact} = step;
  switch (fact.type) {
    case 'cim.device.added.v1': {
      const carried = withPorts(ports, step, carriedPorts(fact.data));
      return plug(carried, step, fact.data.portId, fact.subject as DeviceId);
    }
    case 'cim.device.moved.v1': {
      const left = unplug(ports, step, fact.data.before.portId, fact.subject);
      const carried = withPorts(left, step, carriedPorts(fact.data));
      return plug(carried, step, fact.data.portId, fact.subject as DeviceId);
    }
    case 'cim.device.removed.v1': {
      const {portId, portForgotten, socketsForgotten = []} = fact.data;
      const left = without(ports, socketsForgotten);
      return portForgotten ? without(left, [portId]) : unplug(left, step, portId, fact.subject);
    }
    default:
      return ports;
  }
}

const carriedPorts = (data: {
  port?: CarriedPort | undefined;
  sockets?: readonly CarriedPort[] | undefined;
}): readonly CarriedPort[] => [...(data.port ? [data.port] : []), ...(data.sockets ?? [])];

/** A port with a link keeps the presence it was described with; others are present while filled. */
function plug(ports: Ports, step: Step, portId: PortId, deviceId: DeviceId): Ports {
  const port = ports[portId];
  const isJustCarried = port?.sequence === step.sequence;
  const state = isJustCarried ? port.state : presenceWhenPlugged(port);
  return update(ports, step, portId, {deviceId, state});
}

const presenceWhenPlugged = (port: PortState | undefined): PortState['state'] =>
  port?.state === 'absent' && port.link !== 'down' ? 'present' : (port?.state ?? 'present');

/** The port is empty now, without link, unless another unit has come into it meanwhile. */
const unplug = (ports: Ports, step: Step, portId: PortId, deviceId: string): Ports =>
  ports[portId]?.deviceId === deviceId
    ? update(ports, step, portId, {deviceId: null, state: 'absent', link: null, speedMbps: null})
    : ports;

function withPorts(ports: Ports, step: Step, carried: readonly CarriedPort[]): Ports {
  const next: Record<string, PortState> = {...ports};
  for (const port of carried) {
    const known = next[port.id];
    const fields = Object.fromEntries(
      [...Object.keys(port), 'label', 'deviceId'].map((field) => [field, step.sequence]),
    );
    next[port.id] = {
      ...port,
      label: known?.label ?? null,
      deviceId: known?.deviceId ?? null,
      since: step.time,
      sequence: step.sequence,
      fields:
        known === undefined ? fields : {...fields, label: known.fields.label ?? step.sequence},
    };
  }
  return next;
}

type Changes = {readonly [K in keyof PortState]?: PortState[K] | undefined};

const STATE_FIELDS: readonly string[] = ['state', 'deviceId', 'link'];

function update(ports: Ports, step: Step, id: string, changes: Changes): Ports {
  const port = ports[id];
  if (port === undefined) {
    return ports;
  }
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const hasMoved = given.some(([field]) => STATE_FIELDS.includes(field));
  const fields = Object.fromEntries(given.map(([field]) => [field, step.sequence]));
  const changed: PortState = {
    ...port,
    ...Object.fromEntries(given),
    since: hasMoved ? step.time : port.since,
    sequence: step.sequence,
    fields: {...port.fields, ...fields},
  };
  return {...ports, [id]: changed};
}

function without(ports: Ports, ids: readonly string[]): Ports {
  return Object.fromEntries(Object.entries(ports).filter(([id]) => !ids.includes(id)));
}
