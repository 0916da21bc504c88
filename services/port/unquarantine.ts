import {unquarantinePort} from '#domain/port/commands.ts';
import type {PortState} from '#domain/port/state.ts';

import {changedMeanwhile, defineUseCase, type Verdict} from '../use-case.ts';
import {findWritablePort} from './find.ts';

/** Takes a port back from quarantine. What differs from what was last known of it is told next. */
export const unquarantinePortCase = defineUseCase(unquarantinePort, (inventory, {target, seen}) => {
  const port = findWritablePort(inventory, target);
  if ('refused' in port) {
    return port;
  }
  return changedMeanwhile(port.fields, ['state'], seen) ?? unquarantineFacts(port);
});

function unquarantineFacts({id, state, deviceId, link}: PortState): Verdict {
  if (state !== 'quarantined') {
    return {refused: 'nothing-to-change', detail: `${id} is ${state}, not in quarantine`};
  }
  const seen = deviceId === null || link === 'down' ? 'absent' : 'present';
  return [{type: 'cim.port.unquarantined.v1', subject: id, data: {state: seen, before: {state}}}];
}
