import {Answer, type CommandDescriptor, CommandRequest, refusalAnswer} from '../command.ts';
import {COMMANDS} from '../commands.ts';
import {undoEventExample, verifyEventsExample} from '../event/examples.ts';
import {RefusalHeaders} from '../headers.ts';
import {cancelJobExample, resumeJobExample} from '../job/examples.ts';
import {labelLeafExample} from '../leaf/examples.ts';
import {
  confirmPortExample,
  disablePortExample,
  downPortExample,
  enablePortExample,
  releasePortExample,
  setPortExample,
  upPortExample,
} from '../port/change-examples.ts';
import {
  forgetPortExample,
  identifyPortExample,
  labelPortExample,
  unquarantinePortExample,
} from '../port/examples.ts';
import {bindRoleExample, unbindRoleExample} from '../role/examples.ts';
import {type CommandExample, commandIdAt, messageIdAt} from '../story.ts';
import {type MessageType, sentenceOf} from './message-type.ts';

/** By `<aggregate>.<verb>`; a test asks for one of each command. */
export const COMMAND_EXAMPLES: Readonly<Record<string, CommandExample<object>>> = {
  'leaf.label': labelLeafExample,
  'port.label': labelPortExample,
  'port.forget': forgetPortExample,
  'port.identify': identifyPortExample,
  'port.unquarantine': unquarantinePortExample,
  'port.enable': enablePortExample,
  'port.disable': disablePortExample,
  'port.confirm': confirmPortExample,
  'port.up': upPortExample,
  'port.down': downPortExample,
  'port.set': setPortExample,
  'port.release': releasePortExample,
  'role.bind': bindRoleExample,
  'role.unbind': unbindRoleExample,
  'event.undo': undoEventExample,
  'event.verify': verifyEventsExample,
  'job.cancel': cancelJobExample,
  'job.resume': resumeJobExample,
};

/** Every command, each followed by its answer. */
export const COMMAND_MESSAGES: readonly MessageType[] = COMMANDS.flatMap(messagesOf);

function messagesOf(command: CommandDescriptor): readonly MessageType[] {
  const {aggregate, verb, summary} = command;
  const name = `${aggregate}.${verb}`;
  const example = COMMAND_EXAMPLES[name];
  const body = bodyOf(command);
  const shared = {page: aggregate, contentType: 'application/json'};
  return [
    {
      ...shared,
      kind: 'command',
      name: `command.${name}`,
      summary: sentenceOf(summary),
      address: `cim.{leafId}.commands.{actor}.${name}`,
      body,
      schema: body,
      headers: null,
      examples: example === undefined ? [] : [{name: 'request', body: requestOf(example)}],
      reply: `answer.${name}`,
      command,
    },
    {
      ...shared,
      kind: 'answer',
      name: `answer.${name}`,
      summary: `What ${name} is answered with.`,
      address: null,
      body: Answer,
      schema: Answer,
      headers: RefusalHeaders,
      examples: example === undefined ? [] : answersTo(example),
      reply: null,
      command: null,
    },
  ];
}

/** The request with the data of this very command; data that may be empty may be left out. */
function bodyOf({schema}: CommandDescriptor) {
  const isOptional = schema.safeParse({}).success;
  return CommandRequest.extend({data: isOptional ? schema.optional() : schema});
}

function requestOf({target, time, seen, data, event}: CommandExample<object>): CommandRequest {
  return CommandRequest.parse({
    id: commandIdAt(time, event.sequence),
    target,
    ...(seen === undefined ? {} : {seen}),
    channel: 'nats',
    data,
  });
}

function answersTo({time, event, refusal}: CommandExample<object>) {
  const {sequence} = event;
  const id = commandIdAt(time, sequence);
  const accepted: Answer = {ok: true, id, events: [messageIdAt(event.time, sequence)], sequence};
  return [
    {name: 'accepted', body: accepted},
    {name: 'refused', body: refusalAnswer(id, refusal)},
  ];
}
