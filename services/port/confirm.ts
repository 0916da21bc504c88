import {confirmPort} from '#domain/port/commands.ts';
import {epochMsOf} from '#domain/time.ts';

import {defineUseCase} from '../use-case.ts';
import {findWritablePort} from './find.ts';

/** So long before its time is up a change comes back for sure: nobody confirms what has gone. */
const TOO_LATE_MS = 500;

/** Keeps a change that is on trial: whoever can ask for that has not been cut off by it. */
export const confirmPortCase = defineUseCase(confirmPort, (inventory, {target}, {time}) => {
  const port = findWritablePort(inventory, target);
  if ('refused' in port) {
    return port;
  }
  const {id, change} = port;
  const isOver =
    time !== undefined &&
    change?.deadline != null &&
    epochMsOf(time) > epochMsOf(change.deadline) - TOO_LATE_MS;
  if (change?.state !== 'trial' || isOver) {
    return {refused: 'nothing-on-trial', detail: id};
  }
  const {requested, change: made} = change;
  return [{type: 'cim.port.change-confirmed.v1', subject: id, data: {requested, change: made}}];
});
