import {isEventType} from '../catalogue.ts';
import {Envelope} from '../envelope.ts';
import {RepublishedHeaders} from '../headers.ts';
import {LEAF} from '../story.ts';
import {componentSchemas, type JsonSchema, jsonSchemaOf} from './json-schema.ts';
import {type MessageType, parametersOf} from './message-type.ts';
import {MESSAGE_TYPES} from './message-types.ts';

/** The AsyncAPI 3 document of the agent: what it sends and what it receives. */
export const asyncApiDocument = (version: string): JsonSchema => ({
  asyncapi: '3.0.0',
  id: 'urn:cim:leaf',
  info: {
    title: 'cim-leaf',
    version,
    description: INTRODUCTION,
    license: {name: 'MIT'},
  },
  defaultContentType: 'application/json',
  servers: {
    leaf: {
      host: '127.0.0.1:{port}',
      protocol: 'nats',
      description:
        'The NATS server of a leaf; `cim-tui connect` says where it is and how to get in.',
      variables: {port: {default: '4222', description: 'TCP port: 4222, or the next free one.'}},
    },
  },
  channels: Object.fromEntries([
    ...MESSAGE_TYPES.flatMap((type) =>
      type.address === null ? [] : [[channelOf(type), channel(type.address, [type])] as const],
    ),
    [LIVE_EVENTS, liveEvents()],
    [INBOX, inbox()],
  ]),
  operations: Object.fromEntries([
    ...MESSAGE_TYPES.flatMap((type) =>
      type.address === null ? [] : [[channelOf(type), operation(type)] as const],
    ),
    [LIVE_EVENTS, {action: 'send', channel: ref('channels', LIVE_EVENTS)}],
  ]),
  components: {
    messages: Object.fromEntries(MESSAGE_TYPES.map((type) => [type.name, message(type)])),
    schemas: componentSchemas({
      event: Envelope,
      ...Object.fromEntries(MESSAGE_TYPES.map(({name, schema}) => [name, schema])),
    }),
  },
});

const INTRODUCTION = `What the agent of a leaf sends and receives over NATS. It sends events, live messages and rows of state; it receives commands and queries, and answers them to the inbox that the request names. Ids in subjects are tokens: letters, digits, _ and - as they are, any other UTF-16 unit as =hhhh.`;

const LIVE_EVENTS = 'live.events';
const INBOX = 'inbox';

const PARAMETERS: Readonly<Record<string, {description: string; examples: readonly string[]}>> = {
  leafId: {description: 'Id of the leaf.', examples: [LEAF]},
  actor: {
    description: 'Login name of who sends, as a token; the server lets nobody use another.',
    examples: ['anna'],
  },
  portId: {description: 'Id of the port, as a token.', examples: ['usb-14-0-3']},
  deviceId: {description: 'Id of the unit, as a token.', examples: ['d-k3v7qpa2mz']},
  roleId: {description: 'Name of the role, as a token.', examples: ['scale']},
  aggregate: {description: 'leaf, port, device or role.', examples: ['port']},
  id: {description: 'Id of the aggregate, as a token.', examples: ['usb-14-0-3']},
  event: {description: 'The third word of the type.', examples: ['labelled']},
};

/** `events.port.labelled` for a type of event; all others have a name that does. */
function channelOf({name}: MessageType): string {
  return isEventType(name) ? `events.${name.split('.').slice(1, 3).join('.')}` : name;
}

const ref = (...path: readonly string[]): JsonSchema => ({$ref: `#/${path.join('/')}`});

const messageRefs = (types: readonly MessageType[]) =>
  Object.fromEntries(types.map(({name}) => [name, ref('components', 'messages', name)]));

function channel(address: string, types: readonly MessageType[]): JsonSchema {
  const parameters = parametersOf(address).map((name) => [name, PARAMETERS[name]] as const);
  return {
    address,
    messages: messageRefs(types),
    parameters: Object.fromEntries(parameters),
  };
}

/** Each event again, as the server sends it on once it is stored: what clients may hear. */
function liveEvents(): JsonSchema {
  const events = MESSAGE_TYPES.filter(({kind}) => kind === 'event');
  return {
    ...channel('cim.{leafId}.live.events.{aggregate}.{id}.{event}', events),
    description: `Each event again, as the server sends it on once it is stored; with these headers besides: ${Object.keys(RepublishedHeaders.shape).slice(-3).join(', ')}.`,
  };
}

function inbox(): JsonSchema {
  const replies = MESSAGE_TYPES.filter(({address}) => address === null);
  return {
    address: null,
    description: 'The inbox that the request names; credentials of people allow _INBOX.{actor}.>',
    messages: messageRefs(replies),
  };
}

function operation(type: MessageType): JsonSchema {
  const {kind, summary, reply, command} = type;
  const name = channelOf(type);
  return {
    action: kind === 'command' || kind === 'query' ? 'receive' : 'send',
    channel: ref('channels', name),
    summary,
    messages: [ref('channels', name, 'messages', type.name)],
    ...(command === null ? {} : {description: wordsOfCommand(command)}),
    ...(reply === null
      ? {}
      : {
          reply: {
            channel: ref('channels', INBOX),
            messages: [ref('channels', INBOX, 'messages', reply)],
          },
        }),
  };
}

/** What a command declares of itself, in words. */
export function wordsOfCommand(command: NonNullable<MessageType['command']>): string {
  const {danger, inverse, restart, job} = command;
  const undo = 'command' in inverse ? `undone by ${inverse.command}` : inverse.none;
  const begins =
    job === undefined ? DANGER[danger] : `A job, counted in ${job.unit}s: ${JOB[danger]}`;
  return `${begins}; ${undo}; ${RESTART[restart]}.`;
}

const DANGER = {
  plain: 'Done at once',
  asks: 'People are asked first',
  grave: 'People have to type the label first',
} as const;

const JOB = {
  plain: 'accepted at once',
  asks: 'people are asked first',
  grave: 'people have to type the label first',
} as const;

const RESTART = {
  resume: 'goes on after a restart in the middle',
  fail: 'not done when the agent restarts in the middle',
  ask: 'asks again after a restart in the middle',
} as const;

function message(type: MessageType): JsonSchema {
  const {kind, name, summary, contentType, headers, examples} = type;
  return {
    name,
    title: name,
    summary,
    contentType,
    payload: payloadOf(type),
    ...(headers === null ? {} : {headers: jsonSchemaOf(headers)}),
    ...(kind === 'event' ? {correlationId: {location: '$message.payload#/correlationid'}} : {}),
    ...(kind === 'command' ? {correlationId: {location: '$message.payload#/id'}} : {}),
    examples: examples.map((example) => ({name: example.name, payload: example.body})),
  };
}

/** An event is the envelope with the data of its type; the others are as their schema says. */
function payloadOf({kind, name}: MessageType): JsonSchema {
  const schema = ref('components', 'schemas', name);
  return kind === 'event'
    ? {
        allOf: [
          ref('components', 'schemas', 'event'),
          {type: 'object', properties: {type: {const: name}, data: schema}},
        ],
      }
    : schema;
}
