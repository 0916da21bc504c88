import {confirmPort} from '#domain/port/commands.ts';

import {defineUseCase} from '../use-case.ts';
import {findWritablePort} from './find.ts';

/** Keeps a change that is on trial: whoever can ask for that has not been cut off by it. */
export const confirmPortCase = defineUseCase(confirmPort, (inventory, {target}) => {
  const port = findWritablePort(inventory, target);
  if ('refused' in port) {
    return port;
  }
  const {id, change} = port;
  if (change?.state !== 'trial') {
    return {refused: 'nothing-on-trial', detail: id};
  }
  const {requested, change: made} = change;
  return [{type: 'cim.port.change-confirmed.v1', subject: id, data: {requested, change: made}}];
});
