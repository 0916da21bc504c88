import {containerRowExample} from '../container/examples.ts';
import {deviceRowExample} from '../device/examples.ts';
import {RefusalHeaders, SnapshotHeaders} from '../headers.ts';
import {jobRowExample} from '../job/examples.ts';
import {leafRowExample, statusRowExample} from '../leaf/examples.ts';
import {portRowExample} from '../port/examples.ts';
import {QUERY_DESCRIPTORS} from '../queries.ts';
import {pageOf, type QueryDescriptor, QueryRequest} from '../query.ts';
import {roleRowExample} from '../role/examples.ts';
import {Snapshot} from '../snapshot.ts';
import {ADAPTER} from '../story.ts';
import {snapshotExample} from './live-examples.ts';
import {type MessageType, sentenceOf} from './message-type.ts';

/** By `<view>.<verb>`; a test asks for one of each query. */
const EXAMPLES: Readonly<Record<string, {readonly request: QueryRequest; readonly row: unknown}>> =
  {
    'leaf.show': {request: {}, row: leafRowExample},
    'status.show': {request: {}, row: statusRowExample},
    'port.list': {request: {target: 'USB 3', seen: 16}, row: portRowExample},
    'device.list': {request: {target: ADAPTER}, row: deviceRowExample},
    'role.list': {request: {limit: 100}, row: roleRowExample},
    'job.list': {request: {target: '01966200'}, row: jobRowExample},
    'container.list': {request: {target: 'web'}, row: containerRowExample},
  };

const JSON_TYPE = 'application/json';

/** The event that the rows are as of. */
const AT = {time: roleRowExample.since, clock: 'synced'} as const;

/** How things stand is on the page of the leaf. */
const PAGES: Readonly<Record<string, string>> = {status: 'leaf', snapshot: 'leaf'};

/** Every query, each followed by its answer; the snapshot last. */
export const QUERY_MESSAGES: readonly MessageType[] = [
  ...QUERY_DESCRIPTORS.flatMap((query) => messagesOf(query)),
  ...snapshotMessages(),
];

function requestMessage(name: string, summary: string, example: unknown): MessageType {
  const [view = ''] = name.split('.');
  return {
    kind: 'query',
    name: `query.${name}`,
    page: PAGES[view] ?? view,
    summary,
    address: `cim.{leafId}.queries.${name}`,
    contentType: JSON_TYPE,
    body: QueryRequest,
    schema: QueryRequest,
    headers: null,
    examples: [{name: 'request', body: example}],
    reply: `rows.${name}`,
    command: null,
  };
}

function messagesOf({view, verb, summary, row}: QueryDescriptor): readonly MessageType[] {
  const name = `${view}.${verb}`;
  const example = EXAMPLES[name];
  const body = pageOf(row);
  return [
    requestMessage(name, sentenceOf(summary), example?.request),
    {
      kind: 'rows',
      name: `rows.${name}`,
      page: PAGES[view] ?? view,
      summary: `A page of the answer to ${name}.`,
      address: null,
      contentType: JSON_TYPE,
      body,
      schema: body,
      headers: RefusalHeaders,
      examples: [{name: 'page', body: {sequence: 16, ...AT, rows: [example?.row]}}],
      reply: null,
      command: null,
    },
  ];
}

function snapshotMessages(): readonly MessageType[] {
  return [
    requestMessage(
      'snapshot.get',
      'The whole state, for a console: JSON packed by gzip, in parts. Go on with after as Cim-Next says.',
      {},
    ),
    {
      kind: 'rows',
      name: 'rows.snapshot.get',
      page: 'leaf',
      summary: 'A part of a snapshot; the parts joined and unpacked are JSON of this shape.',
      address: null,
      contentType: 'application/gzip',
      body: Snapshot,
      schema: Snapshot,
      headers: SnapshotHeaders,
      examples: [{name: 'unpacked', body: snapshotExample}],
      reply: null,
      command: null,
    },
  ];
}
