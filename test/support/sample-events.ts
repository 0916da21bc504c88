import {eventSubject, readMessage, type StoredMessage} from '#domain/message.ts';

/** The moment the samples are looked at, and their leaf. */
export const SAMPLE_NOW = Date.parse('2026-11-23T13:32:07.000Z');
export const SAMPLE_LEAF = '7fq2k13';

interface SampleFact {
  readonly type: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Seconds before SAMPLE_NOW. */
  readonly ago: number;
  readonly actor?: string;
  readonly channel?: 'console' | 'cli' | 'nats' | 'system';
}

/** A fact as the stream would hold it at a sequence. */
export function sampleMessage(sequence: number, fact: SampleFact): StoredMessage {
  const {type, subject, data, ago, actor, channel = 'system'} = fact;
  const id = `0199f000-0000-7000-8000-${String(sequence).padStart(12, '0')}`;
  const body = JSON.stringify({
    specversion: '1.0',
    id,
    source: `/cim/${SAMPLE_LEAF}`,
    type,
    subject,
    time: new Date(SAMPLE_NOW - ago * 1000).toISOString(),
    datacontenttype: 'application/json',
    dataschema: `urn:cim:schema:${type}`,
    correlationid: id,
    causationid:
      actor === undefined ? id : `0199e000-0000-7000-8000-${String(sequence).padStart(12, '0')}`,
    ...(actor === undefined ? {} : {actor, originkind: 'tty', origintty: 'tty1'}),
    channel,
    data,
  });
  const message = readMessage(sequence, eventSubject(SAMPLE_LEAF, type, subject), body);
  if (message.kind !== 'event') {
    throw new TypeError(`sample ${sequence}: ${JSON.stringify(message)}`);
  }
  return message;
}

interface SamplePort {
  readonly id: string;
  readonly position: string;
  readonly kind?: 'socket' | 'fixed' | 'virtual';
  readonly class?: string;
  readonly direction?: 'in' | 'out' | 'both';
  readonly name?: string;
  readonly state?: string;
  readonly link?: 'up' | 'down' | null;
  readonly speedMbps?: number | null;
}

/** A whole port from what is special about it. */
export const samplePort = ({id, position, ...rest}: SamplePort) => ({
  id,
  position,
  kind: 'socket',
  class: 'usb',
  direction: 'both',
  parent: null,
  name: id,
  state: 'absent',
  link: null,
  speedMbps: null,
  ...rest,
});

interface SampleDevice {
  readonly name: string;
  readonly class: string;
  readonly nodes?: readonly string[];
  readonly serial?: string | null;
  readonly model?: string;
  readonly vendor?: string;
  readonly ids?: string;
  readonly driver?: string;
  readonly ambiguous?: boolean;
  readonly direction?: 'in' | 'out' | 'both';
}

/** Data of `device.added` for one function of one class. */
export function sampleDevice(
  port: ReturnType<typeof samplePort>,
  device: SampleDevice,
  origin: 'plug' | 'start',
): Readonly<Record<string, unknown>> {
  const {name, nodes = [], serial = null, ids = null} = device;
  const isNetwork = device.class === 'network';
  return {
    identity:
      serial === null
        ? {kind: 'position', value: port.position}
        : {kind: 'serial', value: `${ids}:${serial}`},
    ambiguous: device.ambiguous ?? false,
    ids,
    vendor: device.vendor ?? null,
    model: device.model ?? null,
    serial,
    driver: device.driver ?? null,
    name,
    functions: [
      {
        id: isNetwork ? '' : ':1.0',
        class: device.class,
        direction: device.direction ?? 'both',
        state: 'present',
        name: '',
        nodes: nodes.map((path) => ({path, as: isNetwork ? 'interface' : 'node'})),
        interface: isNetwork ? (nodes[0] ?? null) : null,
      },
    ],
    portId: port.id,
    position: port.position,
    // Carried with its first plug, a port is described as it is then.
    port: port.link === 'down' ? port : {...port, state: 'present'},
    origin,
  };
}
