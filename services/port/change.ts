import type {z} from 'zod';
import type {CommandDescriptor} from '#domain/command.ts';
import {disablePort, downPort, enablePort, setPort, upPort} from '#domain/port/commands.ts';
import type {PortSettingsChange} from '#domain/port/settings.ts';
import type {PortState} from '#domain/port/state.ts';

import {changedMeanwhile, defineUseCase, type UseCase} from '../use-case.ts';
import {changeFacts} from './change-facts.ts';
import {findWritablePort} from './find.ts';

interface Tried {
  readonly trySeconds?: number | undefined;
}

/** A port that nobody has disabled is enabled: nothing to want of it. */
export const enablePortCase = defineChange(enablePort, (_data, {wanted, state}) =>
  wanted.enabled === undefined && state !== 'disabled' ? {} : {enabled: true},
);
export const disablePortCase = defineChange(disablePort, () => ({enabled: false}));
export const upPortCase = defineChange(upPort, () => ({link: 'up'}));
export const downPortCase = defineChange(downPort, () => ({link: 'down'}));
export const setPortCase = defineChange(setPort, ({trySeconds: _try, ...change}) => change);

/** A wish about the hardware of one port. */
function defineChange<Schema extends z.ZodType<Tried>>(
  command: CommandDescriptor<Schema>,
  changeOf: (data: z.infer<Schema>, port: PortState) => PortSettingsChange,
): UseCase {
  return defineUseCase(command, (inventory, {target, data, seen}, {stake}) => {
    const port = findWritablePort(inventory, target);
    if ('refused' in port) {
      return port;
    }
    const stale = changedMeanwhile(port.fields, ['wanted', 'deviceId', 'state'], seen);
    return (
      stale ??
      changeFacts(inventory, port, {
        change: changeOf(data, port),
        trySeconds: data.trySeconds,
        stake,
      })
    );
  });
}
