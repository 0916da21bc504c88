import type {ContainerFact, Containers} from '#domain/container/container.ts';

import {SAMPLE_NOW} from './sample-events.ts';

/** A container as machined shows it, with what a test wants to be otherwise. */
export const containerFact = (
  name: string,
  fields: Partial<ContainerFact> = {},
): ContainerFact => ({
  name,
  class: 'container',
  state: 'running',
  service: 'systemd-nspawn',
  unit: `container@${name}.service`,
  leader: 4242,
  rootDirectory: `/var/lib/nixos-containers/${name}`,
  network: 'own',
  addresses: ['10.233.1.2'],
  since: '2026-11-22T15:00:00.000Z',
  ...fields,
});

const ago = (seconds: number): string => new Date(SAMPLE_NOW - seconds * 1000).toISOString();

/** What runs on the sample leaf: each state, a virtual machine, long names, other networks. */
export const sampleContainers: Containers = {
  list: [
    containerFact('web', {
      leader: 1412,
      addresses: ['10.233.1.2', 'fd00:233:1::2', 'fe80::a8bb:ccff:fe00:102'],
      since: ago(255_600),
    }),
    containerFact('cam', {leader: 20_311, state: 'opening', addresses: [], since: ago(4)}),
    containerFact('mqtt', {leader: 1433, addresses: ['fd00:233:3::f00d:2'], since: ago(255_590)}),
    containerFact('scanner', {
      leader: 1467,
      network: 'host',
      addresses: [],
      state: 'closing',
      since: ago(108_000),
    }),
    containerFact('plc-simulator-line-2', {
      class: 'vm',
      service: 'libvirt-qemu',
      unit: 'machine-qemu\\x2d1\\x2dplc\\x2dsimulator.scope',
      leader: 2110,
      rootDirectory: null,
      network: 'unknown',
      addresses: [],
      since: ago(18_000),
    }),
  ],
  limit: null,
  seenAt: ago(20),
};
