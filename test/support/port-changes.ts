import type {Fact} from '#domain/catalogue.ts';
import {DeviceId, PortId} from '#domain/ids.ts';
import type {PortSettings, PortSettingsChange} from '#domain/port/settings.ts';

export interface NetworkPort {
  readonly kind?: 'fixed' | 'virtual';
  readonly name?: string;
  readonly parent?: string | null;
  readonly link?: 'up' | 'down';
}

/** A network card, or an interface without hardware, with its port. */
export function networkAdded(id: string, port: string, given: NetworkPort = {}): Fact {
  const {kind = 'fixed', name = port, parent = null, link = 'up'} = given;
  const place = {portId: PortId.parse(port), position: `0000/${port}`};
  const card = {class: 'network', direction: 'both', state: 'present', name: ''} as const;
  return {
    type: 'cim.device.added.v1',
    subject: DeviceId.parse(id),
    data: {
      identity: {kind: 'position', value: port},
      ambiguous: false,
      ids: null,
      vendor: null,
      model: null,
      serial: null,
      driver: null,
      name,
      functions: [{...card, id: '', nodes: [], interface: name}],
      ...place,
      port: {
        ...{id: place.portId, position: place.position, kind, class: 'network', name, link},
        direction: 'both',
        parent: parent === null ? null : PortId.parse(parent),
        state: 'present',
        speedMbps: null,
      },
      origin: 'start',
    },
  };
}

/** Somebody wants a port otherwise, of which nothing was wanted before. */
export const wantedChange = (
  subject: string,
  change: PortSettingsChange,
  trySeconds: number | null,
): Fact => ({
  type: 'cim.port.change-requested.v1',
  subject,
  data: {
    change,
    before: Object.fromEntries(Object.keys(change).map((name) => [name, null])),
    trySeconds,
  },
});

/** That was done. */
export const appliedChange = (
  subject: string,
  change: PortSettingsChange,
  {
    requested,
    deadline = null,
    found = {},
  }: {
    readonly requested: number;
    readonly deadline?: string | null;
    readonly found?: PortSettings;
  },
): Fact => ({
  type: 'cim.port.change-applied.v1',
  subject,
  data: {requested, change, found, deadline, occasion: 'wish'},
});
