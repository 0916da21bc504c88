import type {z} from 'zod';

import type {deviceEvents} from '../device/events.ts';
import type {CommandExample, EventExample} from '../story.ts';
import type {
  confirmPort,
  disablePort,
  downPort,
  enablePort,
  releasePort,
  setPort,
  upPort,
} from './commands.ts';
import type {portEvents} from './events.ts';

/** The network port of the story. */
export const LAN = 'network-1f-6';
export const LAN_POSITION = '0000/1f.6';

type ExampleOf<Type extends keyof typeof portEvents> = EventExample<
  z.input<(typeof portEvents)[Type]>
>;
type Requested = ExampleOf<'cim.port.change-requested.v1'>;

const requestAt = (sequence: number, time: string, data: Requested['data']): Requested => ({
  sequence,
  time,
  subject: LAN,
  isWished: true,
  data,
});

const set = requestAt(33, '2026-11-23T11:46:00.300Z', {
  change: {mtu: 9000},
  before: {mtu: null},
  trySeconds: null,
});
const down = requestAt(34, '2026-11-23T11:47:00.120Z', {
  change: {link: 'down'},
  before: {link: null},
  trySeconds: 120,
});
const up = requestAt(37, '2026-11-23T11:48:10.020Z', {
  change: {link: 'up'},
  before: {link: 'down'},
  trySeconds: null,
});
const disable = requestAt(38, '2026-11-23T11:50:00.050Z', {
  change: {enabled: false},
  before: {enabled: null},
  trySeconds: 120,
});
const disableAgain = requestAt(41, '2026-11-23T11:53:00.040Z', {
  change: {enabled: false},
  before: {enabled: null},
  trySeconds: null,
});
const enable = requestAt(42, '2026-11-23T11:54:00.010Z', {
  change: {enabled: true},
  before: {enabled: false},
  trySeconds: null,
});
const release = requestAt(44, '2026-11-23T11:55:00.080Z', {
  change: {enabled: null, link: null, mtu: null},
  before: {enabled: false, link: 'up', mtu: 9000},
  trySeconds: null,
});

/** The card in that port. */
export const lanAdded: EventExample<z.input<(typeof deviceEvents)['cim.device.added.v1']>> = {
  sequence: 32,
  time: '2026-11-23T11:45:00.020Z',
  subject: 'd-i2x7qpa2mz',
  data: {
    identity: {kind: 'mac', value: '00:30:18:0a:1b:01'},
    ambiguous: false,
    ids: '8086:15bb',
    vendor: 'Intel',
    model: 'I219-LM',
    serial: null,
    driver: 'e1000e',
    name: 'Intel I219-LM',
    functions: [
      {
        id: '',
        class: 'network',
        direction: 'both',
        state: 'present',
        name: 'Ethernet',
        nodes: [{path: 'eth0', as: 'interface'}],
        interface: 'eth0',
      },
    ],
    portId: LAN,
    position: LAN_POSITION,
    port: {
      id: LAN,
      position: LAN_POSITION,
      kind: 'fixed',
      class: 'network',
      direction: 'both',
      parent: null,
      name: 'eth0',
      state: 'present',
      link: 'up',
      speedMbps: 1000,
    },
    origin: 'start',
  },
};

/** Wishes of the story beside the one that stands for their type. */
const moreRequests: readonly Requested[] = [set, up, disable, disableAgain, enable, release];

const confirmed: ExampleOf<'cim.port.change-confirmed.v1'> = {
  sequence: 36,
  time: '2026-11-23T11:47:31.700Z',
  subject: LAN,
  isWished: true,
  data: {requested: 34, change: {link: 'down'}},
};

export const changeEventExamples = {
  'cim.port.change-requested.v1': {...down, also: moreRequests},
  'cim.port.change-applied.v1': {
    sequence: 35,
    time: '2026-11-23T11:47:00.410Z',
    subject: LAN,
    data: {
      requested: 34,
      change: {link: 'down'},
      found: {link: 'up'},
      deadline: '2026-11-23T11:49:00.320Z',
      occasion: 'wish',
    },
  } satisfies ExampleOf<'cim.port.change-applied.v1'>,
  'cim.port.change-confirmed.v1': confirmed,
  'cim.port.change-reverted.v1': {
    sequence: 40,
    time: '2026-11-23T11:52:01.300Z',
    subject: LAN,
    data: {
      requested: 38,
      change: {enabled: false},
      by: 'guard',
      at: '2026-11-23T11:52:00.000Z',
      undone: true,
      detail: null,
    },
  } satisfies ExampleOf<'cim.port.change-reverted.v1'>,
  'cim.port.change-failed.v1': {
    sequence: 43,
    time: '2026-11-23T11:54:02.210Z',
    subject: LAN,
    data: {
      requested: 42,
      change: {enabled: true},
      reason: 'permission-denied: set eth0 up: RTNETLINK answers: Operation not permitted',
      undone: true,
    },
  } satisfies ExampleOf<'cim.port.change-failed.v1'>,
} as const;

export const setPortExample: CommandExample<z.input<typeof setPort.schema>> = {
  target: LAN,
  time: '2026-11-23T11:46:00.291Z',
  data: {mtu: 9000},
  event: set,
  refusal: {refused: 'not-for-this-port', detail: `${LAN} has no serial function`},
};

export const downPortExample: CommandExample<z.input<typeof downPort.schema>> = {
  target: LAN,
  time: '2026-11-23T11:47:00.111Z',
  data: {trySeconds: 120},
  event: down,
  refusal: {refused: 'last-uplink', detail: LAN},
};

export const confirmPortExample: CommandExample<z.input<typeof confirmPort.schema>> = {
  target: LAN,
  time: '2026-11-23T11:47:31.690Z',
  data: {},
  event: confirmed,
  refusal: {refused: 'nothing-on-trial', detail: LAN},
};

export const upPortExample: CommandExample<z.input<typeof upPort.schema>> = {
  target: LAN,
  time: '2026-11-23T11:48:10.011Z',
  data: {},
  event: up,
  refusal: {refused: 'change-open', detail: LAN},
};

export const disablePortExample: CommandExample<z.input<typeof disablePort.schema>> = {
  target: LAN,
  time: '2026-11-23T11:50:00.041Z',
  data: {trySeconds: 120},
  event: disable,
  refusal: {refused: 'own-session', detail: LAN},
};

export const enablePortExample: CommandExample<z.input<typeof enablePort.schema>> = {
  target: LAN,
  time: '2026-11-23T11:54:00.001Z',
  data: {},
  event: enable,
  refusal: {refused: 'nothing-to-change', detail: `${LAN}: as it is`},
};

export const releasePortExample: CommandExample<z.input<typeof releasePort.schema>> = {
  target: LAN,
  time: '2026-11-23T11:55:00.071Z',
  data: {},
  event: release,
  refusal: {refused: 'nothing-to-change', detail: LAN},
};
