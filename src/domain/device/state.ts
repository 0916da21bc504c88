import type {DeviceId} from '../ids.ts';
import {type Changes, setFields} from '../set-fields.ts';
import type {Step} from '../step.ts';
import {COPYING, type Table, type TableWriter} from '../table.ts';
import type {DeviceStateRow} from './row.ts';

/** A unit as the events have made it; units that have gone are remembered with their last place. */
export type DeviceState = DeviceStateRow;

export type Devices = Table<DeviceState>;

export const initialDevices: Devices = {};

/** The devices after one more event. Never throws on a known event. */
export function evolveDevices(
  devices: Devices,
  step: Step,
  writer: TableWriter = COPYING,
): Devices {
  const {fact} = step;
  switch (fact.type) {
    case 'cim.device.added.v1': {
      const {port: _p, sockets: _s, origin: _o, cause: _c, ...description} = fact.data;
      return put(devices, step, writer, fact.subject, {...description, state: 'ready'});
    }
    case 'cim.device.changed.v1': {
      const {before: _b, cause: _c, ...changes} = fact.data;
      return put(devices, step, writer, fact.subject, changes);
    }
    case 'cim.device.functions-changed.v1':
      return put(devices, step, writer, fact.subject, {functions: fact.data.functions});
    case 'cim.device.moved.v1':
      return [{...fact.data, id: fact.subject}, ...(fact.data.followers ?? [])].reduce(
        (known, {id, portId, position, functions, identity}) =>
          put(known, step, writer, id, {portId, position, functions, identity, state: 'ready'}),
        devices,
      );
    case 'cim.device.removed.v1': {
      const behind = fact.data.devices ?? [];
      const left = behind.reduce(
        (known, {id}) => put(known, step, writer, id, {state: 'gone'}),
        devices,
      );
      return fact.data.portForgotten
        ? writer.drop(left, [fact.subject])
        : put(left, step, writer, fact.subject, {state: 'gone'});
    }
    default:
      return devices;
  }
}

/** A unit that was never added is not known: what changes of it is not either. */
function put(
  devices: Devices,
  step: Step,
  writer: TableWriter,
  id: string,
  changes: Changes<DeviceState>,
): Devices {
  const known = devices[id];
  if (known === undefined && step.fact.type !== 'cim.device.added.v1') {
    return devices;
  }
  const row = setFields('device', known, changes, step);
  return writer.put(devices, id, known === undefined ? {...row, id: id as DeviceId} : row);
}
