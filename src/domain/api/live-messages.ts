import {STATE_SCHEMAS, type StateKind} from '../kv-row.ts';
import {LIVE_SCHEMAS, type LiveKind} from '../live.ts';
import {liveExamples, stateExamples} from './live-examples.ts';
import {idParameter, type MessageType, sentenceOf} from './message-type.ts';

const PAGES: Readonly<Record<LiveKind, string>> = {
  agent: 'leaf',
  host: 'leaf',
  uevent: 'device',
  user: 'port',
  container: 'container',
  role: 'role',
  job: 'job',
};

const shared = {contentType: 'application/json', headers: null, reply: null, command: null};

/** Every live kind that the agent sends. */
export const LIVE_MESSAGES: readonly MessageType[] = keysOf(LIVE_SCHEMAS).map((kind) => ({
  ...shared,
  kind: 'live',
  name: `live.${kind}`,
  page: PAGES[kind],
  summary: sentenceOf(LIVE_SCHEMAS[kind].description),
  address: `cim.{leafId}.live.${kind}.${kind === 'job' ? `{${idParameter(kind)}}` : 'all'}`,
  body: LIVE_SCHEMAS[kind],
  schema: LIVE_SCHEMAS[kind],
  examples: [{name: kind, body: liveExamples[kind]}],
}));

/** Every row of the bucket of state. */
export const STATE_MESSAGES: readonly MessageType[] = keysOf(STATE_SCHEMAS).map(
  (kind: StateKind) => ({
    ...shared,
    kind: 'state',
    name: `state.${kind}`,
    page: kind,
    summary: sentenceOf(STATE_SCHEMAS[kind].description),
    address: `$KV.cim_state_{leafId}.${kind}.{${idParameter(kind)}}`,
    body: STATE_SCHEMAS[kind],
    schema: STATE_SCHEMAS[kind],
    examples: [{name: kind, body: stateExamples[kind].row}],
  }),
);

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(record).filter((key): key is Key => Object.hasOwn(record, key));
}
