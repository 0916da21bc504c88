import type {Fact} from '../catalogue.ts';
import type {CarriedPort} from '../device/events.ts';
import type {DeviceId, PortId} from '../ids.ts';
import {type Changes, setFields} from '../set-fields.ts';
import type {Step} from '../step.ts';
import {COPYING, type Table, type TableWriter} from '../table.ts';
import {evolveChange} from './change-state.ts';
import type {PortStateRow} from './row.ts';

/** A port as the events have made it. `fields` keeps, for each field, the sequence that set it. */
export type PortState = PortStateRow;

export type Ports = Table<PortState>;

export const initialPorts: Ports = {};

/** The ports after one more event. Never throws on a known event. */
export function evolvePorts(ports: Ports, step: Step, writer: TableWriter = COPYING): Ports {
  const {fact} = step;
  switch (fact.type) {
    case 'cim.port.added.v1': {
      const {cause: _cause, ...description} = fact.data;
      return withPorts(ports, step, writer, [{...description, id: fact.subject as PortId}]);
    }
    case 'cim.port.remembered.v1': {
      const {label, ...description} = fact.data;
      const added = withPorts(ports, step, writer, [{...description, id: fact.subject as PortId}]);
      return update(added, step, writer, fact.subject, {label});
    }
    case 'cim.port.labelled.v1':
      return update(ports, step, writer, fact.subject, {label: fact.data.label});
    case 'cim.port.changed.v1':
    case 'cim.port.summed-up.v1': {
      const {state, link, speedMbps, name, parent, class: made, direction} = fact.data;
      const changes = {state, link, speedMbps, name, parent, class: made, direction};
      return update(ports, step, writer, fact.subject, changes);
    }
    case 'cim.port.quarantined.v1':
      return update(ports, step, writer, fact.subject, {state: 'quarantined'});
    case 'cim.port.unquarantined.v1':
      return update(ports, step, writer, fact.subject, {state: fact.data.state});
    case 'cim.port.change-requested.v1':
    case 'cim.port.change-applied.v1':
    case 'cim.port.change-failed.v1':
    case 'cim.port.change-confirmed.v1':
    case 'cim.port.change-reverted.v1': {
      const port = ports[fact.subject];
      return port === undefined
        ? ports
        : update(ports, step, writer, port.id, evolveChange(port, step, fact));
    }
    case 'cim.port.forgotten.v1':
      return writer.drop(ports, [fact.subject]);
    default:
      return evolveByDevice(ports, step, writer);
  }
}

function evolveByDevice(ports: Ports, step: Step, writer: TableWriter): Ports {
  const {fact} = step;
  switch (fact.type) {
    case 'cim.device.added.v1': {
      const carried = withPorts(ports, step, writer, carriedPorts(fact.data));
      return plug(carried, step, writer, fact.data.portId, fact.subject as DeviceId);
    }
    case 'cim.device.moved.v1':
      return moveDevices(ports, step, writer, fact);
    case 'cim.device.removed.v1': {
      const {portId, portForgotten, socketsForgotten = [], devices = []} = fact.data;
      const emptied = devices.reduce(
        (known, behind) => unplug(known, step, writer, behind.portId, behind.id),
        ports,
      );
      const left = writer.drop(emptied, socketsForgotten);
      return portForgotten
        ? writer.drop(left, [portId])
        : unplug(left, step, writer, portId, fact.subject);
    }
    default:
      return ports;
  }
}

/** Everything leaves its port before anything comes into another: two may change places. */
function moveDevices(
  ports: Ports,
  step: Step,
  writer: TableWriter,
  {subject, data}: Fact<'cim.device.moved.v1'>,
): Ports {
  const moved = [{...data, id: subject}, ...(data.followers ?? [])];
  let next = ports;
  for (const {id, before} of moved.filter((each) => each.portId !== each.before.portId)) {
    next = unplug(next, step, writer, before.portId, id);
  }
  for (const {id, position, name, parent} of data.ports ?? []) {
    next = update(next, step, writer, id, {position, name, parent});
  }
  next = withPorts(next, step, writer, moved.flatMap(carriedPorts));
  for (const {id, portId} of moved) {
    next = plug(next, step, writer, portId, id as DeviceId);
  }
  return next;
}

const carriedPorts = (data: {
  port?: CarriedPort | undefined;
  sockets?: readonly CarriedPort[] | undefined;
}): readonly CarriedPort[] => [...(data.port ? [data.port] : []), ...(data.sockets ?? [])];

/** A port with a link keeps the presence it was described with; others are present while filled. */
function plug(
  ports: Ports,
  step: Step,
  writer: TableWriter,
  portId: PortId,
  deviceId: DeviceId,
): Ports {
  const port = ports[portId];
  const isJustCarried = port?.sequence === step.sequence;
  const state = isJustCarried ? port.state : presenceWhenPlugged(port);
  return update(ports, step, writer, portId, {deviceId, state});
}

const presenceWhenPlugged = (port: PortState | undefined): PortState['state'] =>
  port?.state === 'absent' && port.link !== 'down' ? 'present' : (port?.state ?? 'present');

const EMPTY = {deviceId: null, link: null, speedMbps: null} as const;

/**
 * The port is empty now, without link, unless another unit has come into it meanwhile. What was
 * decided of it, as that it is in quarantine, only a decision ends.
 */
function unplug(
  ports: Ports,
  step: Step,
  writer: TableWriter,
  portId: PortId,
  deviceId: string,
): Ports {
  const port = ports[portId];
  if (port?.deviceId !== deviceId) {
    return ports;
  }
  const state = port.state === 'present' ? 'absent' : port.state;
  return update(ports, step, writer, portId, {...EMPTY, state});
}

function withPorts(
  ports: Ports,
  step: Step,
  writer: TableWriter,
  carried: readonly CarriedPort[],
): Ports {
  let next = ports;
  for (const port of carried) {
    const known = next[port.id];
    const fields = Object.fromEntries(
      [...Object.keys(port), 'label', 'deviceId'].map((field) => [field, step.sequence]),
    );
    next = writer.put(next, port.id, {
      ...port,
      label: known?.label ?? null,
      deviceId: known?.deviceId ?? null,
      wanted: known?.wanted ?? {},
      found: known?.found ?? {},
      change: known?.change ?? null,
      since: step.time,
      sequence: step.sequence,
      fields:
        known === undefined ? fields : {...fields, label: known.fields.label ?? step.sequence},
    });
  }
  return next;
}

function update(
  ports: Ports,
  step: Step,
  writer: TableWriter,
  id: string,
  changes: Changes<PortState>,
): Ports {
  const port = ports[id];
  return port === undefined ? ports : writer.put(ports, id, setFields('port', port, changes, step));
}
