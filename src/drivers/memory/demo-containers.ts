import type {ContainerFact} from '#domain/container/container.ts';
import {createMemoryContainerManager} from './container-manager.ts';

const HOUR = 3_600_000;

const container = (
  name: string,
  leader: number,
  hoursAgo: number,
  fields: Partial<ContainerFact> = {},
): ContainerFact => ({
  name,
  class: 'container',
  state: 'running',
  service: 'systemd-nspawn',
  unit: `container@${name}.service`,
  leader,
  rootDirectory: `/var/lib/nixos-containers/${name}`,
  network: 'own',
  addresses: [],
  since: new Date(Date.now() - hoursAgo * HOUR).toISOString(),
  ...fields,
});

/** Each start gives it another address. */
const camera = (leader: number, hoursAgo: number): ContainerFact =>
  container('cam', leader, hoursAgo, {addresses: [`10.233.2.${2 + (leader % 200)}`]});

/** The containers of the made-up leaf; one of them is restarted now and then. */
export function createDemoContainers() {
  let leader = 20_000;
  const manager = createMemoryContainerManager([
    container('web', 1412, 71, {addresses: ['10.233.1.2', 'fd00:233:1::2']}),
    container('mqtt', 1433, 71, {addresses: ['10.233.3.2']}),
    container('scanner', 1467, 30, {network: 'host'}),
    container('plc-sim', 2110, 5, {
      class: 'vm',
      service: 'libvirt-qemu',
      unit: 'machine-qemu\\x2d1\\x2dplc\\x2dsim.scope',
      rootDirectory: null,
      network: 'unknown',
    }),
    camera(1502, 9),
  ]);
  return {
    manager,
    /** The camera's container goes, in order. */
    stopOne: (): void => manager.close('cam'),
    /** And comes back. */
    startOne(): void {
      leader += 1;
      manager.run(camera(leader, 0));
    },
  };
}
