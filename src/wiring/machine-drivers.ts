import {join} from 'node:path';

import {createHostMeter} from '#drivers/host/host-meter.ts';
import {createPortLamps} from '#drivers/lamps/port-lamps.ts';
import {createContainerManager} from '#drivers/machined/container-manager.ts';
import {createPortControl} from '#drivers/port-control/port-control.ts';
import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {createUsageReader} from '#drivers/procfs/usage-reader.ts';
import {createRevertGuard} from '#drivers/revert-guard/revert-guard.ts';
import {createInterfaceNames} from '#drivers/rtnetlink/interface-names.ts';
import {createLinkMonitor} from '#drivers/rtnetlink/link-monitor.ts';
import {createRouteFinder} from '#drivers/rtnetlink/route-finder.ts';
import {createDeviceMonitor} from '#drivers/udev/device-monitor.ts';
import {createUdevRoleLinks} from '#drivers/udev/role-links.ts';
import type {LeafServiceOptions} from '#services/leaf/options.ts';
import type {Building} from './agent-server.ts';

type MachineDrivers = Pick<
  LeafServiceOptions,
  | 'monitor'
  | 'links'
  | 'usage'
  | 'meter'
  | 'containers'
  | 'roleLinks'
  | 'interfaceNames'
  | 'lamps'
  | 'control'
  | 'guard'
  | 'routes'
>;

/** What the service layer sees of this machine. Nothing is started here. */
export function createMachineDrivers({
  settings: {sysRoot, places},
  log,
}: Omit<Building, 'leaf'>): MachineDrivers {
  const runner = createProcessRunner();
  return {
    monitor: createDeviceMonitor({runner, sysRoot, log}),
    links: createLinkMonitor({runner, sysRoot, log}),
    usage: createUsageReader(),
    meter: createHostMeter({home: places.home}),
    containers: createContainerManager({log}),
    roleLinks: createUdevRoleLinks({runner, sysRoot, log}),
    interfaceNames: createInterfaceNames({runner, uid: process.geteuid?.()}),
    lamps: createPortLamps({runner, sysRoot, log}),
    control: createPortControl({runner, sysRoot}),
    guard: createRevertGuard({runner, folder: join(places.home, 'guards')}),
    routes: createRouteFinder(runner),
  };
}
