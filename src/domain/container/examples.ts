import type {z} from 'zod';

import type {Containers} from './container.ts';
import type {ContainerRow} from './row.ts';

const WEB = {
  name: 'web',
  class: 'container',
  state: 'running',
  service: 'systemd-nspawn',
  unit: 'container@web.service',
  leader: 1412,
  rootDirectory: '/var/lib/nixos-containers/web',
  network: 'own',
  addresses: ['10.233.1.2', 'fe80::a8bb:ccff:fe00:102'],
  since: '2026-11-23T08:00:04.511Z',
} satisfies z.input<typeof Containers>['list'][number];

export const containersExample: z.input<typeof Containers> = {
  list: [WEB],
  limit: null,
  seenAt: '2026-11-23T08:15:29.000Z',
};

export const containerRowExample: z.input<typeof ContainerRow> = {
  ...WEB,
  template: null,
  kind: null,
  health: null,
  address: '10.233.1.2',
  cpu: null,
  memory: null,
  roles: [],
  sequence: null,
  source: 'machined',
  seenAt: '2026-11-23T08:15:29.000Z',
};
