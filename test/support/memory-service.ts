import type {Bus} from '#contracts/bus.ts';
import type {Clock} from '#contracts/clock.ts';
import {CimError} from '#domain/errors.ts';
import {createMemoryContainerManager} from '#drivers/memory/container-manager.ts';
import type {MemoryDeviceMonitor} from '#drivers/memory/device-monitor.ts';
import {createMemoryInterfaceNames} from '#drivers/memory/interface-names.ts';
import {createMemoryPortControl, type MemoryPortControl} from '#drivers/memory/port-control.ts';
import {createMemoryPortLamps} from '#drivers/memory/port-lamps.ts';
import {createMemoryRevertGuard} from '#drivers/memory/revert-guard.ts';
import {createMemoryRoleLinks} from '#drivers/memory/role-links.ts';
import {createMemorySnapshots} from '#drivers/memory/snapshots.ts';
import {createMemoryStateRows} from '#drivers/memory/state-rows.ts';
import {createSystemClock} from '#drivers/system/clock.ts';
import {createCodec} from '#drivers/system/codec.ts';

import {silentLog} from './silent-log.ts';

/** What a service layer stands on beside its store: a machine of data that tells nothing live. */
export const memoryMachine = (
  monitor: MemoryDeviceMonitor,
  bus: Bus,
  clock: Clock = createSystemClock(),
  control: MemoryPortControl = createMemoryPortControl(),
) => ({
  control,
  guard: createMemoryRevertGuard(clock, control),
  routes: {interfaceTo: async () => null},
  snapshots: createMemorySnapshots(),
  stateRows: createMemoryStateRows(),
  bus,
  codec: createCodec(),
  log: silentLog,
  monitor,
  links: monitor.links,
  usage: {read: async () => ({})},
  meter: {read: () => Promise.reject(new CimError('process-failed', 'no host here'))},
  containers: createMemoryContainerManager(),
  roleLinks: createMemoryRoleLinks({devices: monitor.devices}),
  interfaceNames: createMemoryInterfaceNames(),
  lamps: createMemoryPortLamps(),
});
