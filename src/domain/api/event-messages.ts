import {z} from 'zod';

import {EVENT_SCHEMAS, type EventType, isEventType, partsOfType} from '../catalogue.ts';
import {deviceEventExamples} from '../device/examples.ts';
import {dataSchemaOf, Envelope} from '../envelope.ts';
import {EventHeaders} from '../headers.ts';
import {jobEventExamples} from '../job/examples.ts';
import {leafEventExamples} from '../leaf/examples.ts';
import {lanAdded, moreRequests} from '../port/change-examples.ts';
import {portEventExamples} from '../port/examples.ts';
import {roleEventExamples} from '../role/examples.ts';
import {ACTOR, BOOT, commandIdAt, type EventExample, LEAF, messageIdAt} from '../story.ts';
import {idParameter, type MessageType} from './message-type.ts';

/** The story of the examples, by type. */
export const EVENT_EXAMPLES: {
  readonly [T in EventType]: EventExample<z.input<(typeof EVENT_SCHEMAS)[T]>>;
} = {
  ...leafEventExamples,
  ...portEventExamples,
  ...deviceEventExamples,
  ...roleEventExamples,
  ...jobEventExamples,
};

/** Events of the story that are told beside the one that stands for their type. */
const MORE_EXAMPLES: Readonly<Partial<Record<EventType, readonly EventExample<unknown>[]>>> = {
  'cim.device.added.v1': [lanAdded],
  'cim.port.change-requested.v1': moreRequests,
};

/** Every type of event, in the order of the catalogue. */
export const EVENT_MESSAGES: readonly MessageType[] = Object.keys(EVENT_SCHEMAS)
  .filter(isEventType)
  .map(messageOf);

function messageOf(type: EventType): MessageType {
  const {aggregate = '', event = ''} = partsOfType(type) ?? {};
  const data = EVENT_SCHEMAS[type];
  return {
    kind: 'event',
    name: type,
    page: aggregate,
    summary: data.description ?? '',
    address: `cim.{leafId}.events.${aggregate}.{${idParameter(aggregate)}}.${event}`,
    contentType: 'application/cloudevents+json',
    body: Envelope.extend({type: z.literal(type), data}),
    schema: data,
    headers: EventHeaders,
    examples: [EVENT_EXAMPLES[type], ...(MORE_EXAMPLES[type] ?? [])].map((example) => ({
      name: event,
      body: envelopeOf(type, example),
    })),
    reply: null,
    command: null,
  };
}

/** An example with all that the agent writes around it. */
function envelopeOf(type: EventType, example: EventExample<unknown>): Envelope {
  const {sequence, time, subject, isWished = false, data} = example;
  const id = messageIdAt(time, sequence);
  const causationid = isWished ? commandIdAt(time, sequence) : id;
  return Envelope.parse({
    specversion: '1.0',
    id,
    source: `/cim/${LEAF}`,
    type,
    subject,
    time,
    datacontenttype: 'application/json',
    dataschema: dataSchemaOf(type),
    correlationid: causationid,
    causationid,
    ...(isWished
      ? {actor: ACTOR, channel: 'console', originkind: 'ssh', origintty: 'pts/3'}
      : {channel: 'system'}),
    bootid: BOOT,
    clock: 'synced',
    data,
  });
}
