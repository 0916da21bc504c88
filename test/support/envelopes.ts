import {randomUUID} from 'node:crypto';

import {dataSchemaOf, type Envelope} from '#domain/envelope.ts';

/** An envelope as the agent writes it, of a port that got a label. */
export function labelledEnvelope(
  leafId: string,
  portId: string,
  label: string,
  id: string = randomUUID(),
): Envelope {
  const type = 'cim.port.labelled.v1';
  return {
    specversion: '1.0',
    id,
    source: `/cim/${leafId}`,
    type,
    subject: portId,
    time: '2026-11-22T16:21:30.000Z',
    datacontenttype: 'application/json',
    dataschema: dataSchemaOf(type),
    correlationid: id,
    causationid: id,
    actor: 'anna',
    channel: 'cli',
    clock: 'synced',
    data: {label, before: {label: null}},
  };
}
