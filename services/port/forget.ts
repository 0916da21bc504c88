import {forgetPort} from '#domain/port/commands.ts';

import {changedMeanwhile, defineUseCase} from '../use-case.ts';
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
  if (port.deviceId !== null) {
    return {refused: 'in-use', detail: `${port.id} holds ${port.deviceId}`};
  }
  const role = Object.values(inventory.roles).find(
    (candidate) => candidate.target.kind === 'port' && candidate.target.portId === port.id,
  );
  if (role !== undefined) {
    return {refused: 'in-use', detail: `role ${role.id} follows ${port.id}`};
  }
  const {position, kind, direction, parent, name, state, link, speedMbps, label} = port;
  const before = {
    position,
    kind,
    class: port.class,
    direction,
    parent,
    name,
    state,
    link,
    speedMbps,
    label,
  };
  return [{type: 'cim.port.forgotten.v1', subject: port.id, data: {before}}];
});
