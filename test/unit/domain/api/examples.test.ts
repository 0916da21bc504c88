import {describe, expect, it} from 'vitest';

import {COMMAND_EXAMPLES} from '#domain/api/command-messages.ts';
import {type JsonSchema, jsonSchemaOf, NAMED_SCHEMAS, nodeOf} from '#domain/api/json-schema.ts';
import {liveExamples, snapshotExample} from '#domain/api/live-examples.ts';
import {MESSAGE_TYPES} from '#domain/api/message-types.ts';
import {COMMANDS} from '#domain/commands.ts';
import {idFromToken} from '#domain/ids.ts';
import {KV_ROW_VERSION, stateBucket, stateKey} from '#domain/kv-row.ts';
import {portIdFor} from '#domain/port/slug.ts';
import {QUERY_DESCRIPTORS} from '#domain/queries.ts';
import {
  ADAPTER,
  commandIdAt,
  LEAF,
  OTHER_SOCKET,
  OTHER_SOCKET_POSITION,
  SOCKET,
  SOCKET_POSITION,
} from '#domain/story.ts';
import type {Picture} from '#services/queries.ts';
import {QUERIES} from '#services/views.ts';
import {STORY, storyUpTo} from '#test/support/story.ts';
import {decide} from '#test/support/wishes.ts';

/** What the leaf knows when the role is bound. */
const PICTURE: Picture = {
  inventory: storyUpTo(16),
  users: liveExamples.user,
  limit: null,
  host: liveExamples.host,
  containers: liveExamples.container,
  roleLinks: liveExamples.role,
  progress: {[liveExamples.job.id]: liveExamples.job},
};

describe('every message', () => {
  it.each(MESSAGE_TYPES.map((type) => [type.name, type] as const))(
    '%s has words and an example that fits it whole',
    (_, {summary, body, examples}) => {
      expect(summary).toMatch(/^[A-Z].*\.$/);
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        expect(body.parse(example.body), example.name).toEqual(example.body);
      }
    },
  );

  it('says of each number what it counts, in which unit', () => {
    const bare = NAMED_SCHEMAS.flatMap(({name, schema}) =>
      numbersWithoutWords(jsonSchemaOf(schema)).map((path) => `${name}${path}`),
    );
    expect(bare).toEqual([]);
  });
});

describe('the story of the examples', () => {
  it('is one that the leaf can read, in one order', () => {
    expect(STORY.map(({kind}) => kind)).toEqual(STORY.map(() => 'event'));
    const times = STORY.flatMap((message) => (message.kind === 'event' ? message.event.time : []));
    expect(times.toSorted()).toEqual(times);
    expect(new Set(STORY.map(({sequence}) => sequence)).size).toBe(STORY.length);
  });

  it('has ids as the leaf gives them', () => {
    expect(portIdFor('usb', SOCKET_POSITION, () => false)).toBe(SOCKET);
    expect(portIdFor('usb', OTHER_SOCKET_POSITION, () => false)).toBe(OTHER_SOCKET);
  });

  it.each(COMMANDS.map(({aggregate, verb}) => `${aggregate}.${verb}`))(
    '%s stores just what its example says',
    (name) => {
      const example = COMMAND_EXAMPLES[name];
      const {sequence = 0} = example?.event ?? {};
      const undone = STORY.find((message) => String(message.sequence) === example?.target);
      const wish = {
        id: commandIdAt(example?.time ?? '', sequence),
        target: example?.target ?? '',
        data: {...example?.data},
        ...(undone?.kind === 'event' ? {event: undone} : {}),
      };
      const verdict = decide(name, storyUpTo(sequence - 1), wish);
      const stored = STORY.find((message) => message.sequence === sequence);
      expect(stored?.kind).toBe('event');
      const {type, subject, data} = nodeOf(stored?.kind === 'event' ? stored.event : {});
      expect(verdict).toEqual([{type, subject, data}]);
    },
  );
});

describe('every query', () => {
  it('of the agent is described, and no other', () => {
    const names = ({view, verb}: {readonly view: string; readonly verb: string}) =>
      `${view}.${verb}`;
    expect(QUERY_DESCRIPTORS.map(names).toSorted()).toEqual(QUERIES.map(names).toSorted());
  });

  it.each(QUERIES.map((query) => [`${query.view}.${query.verb}`, query] as const))(
    '%s answers the story with just the example',
    (name, query) => {
      const type = MESSAGE_TYPES.find((candidate) => candidate.name === `rows.${name}`);
      const {sequence, lastSeen: time, clock} = PICTURE.inventory;
      const page = {sequence, time, clock, rows: query.rows(PICTURE, {})};
      expect(type?.examples[0]?.body).toEqual(page);
    },
  );
});

it('a snapshot is the picture that queries are answered from', () => {
  // The agent's own answers are not sent.
  const {inventory} = PICTURE;
  expect(snapshotExample).toEqual({
    ...PICTURE,
    inventory: {...inventory, answers: {young: {}, count: 0, old: []}},
  });
});

describe('a row of the bucket', () => {
  it('has the id in its key, as a token that gives it back', () => {
    expect(stateBucket(LEAF)).toBe('cim_state_7fq2k13');
    expect(stateKey('device', ADAPTER)).toBe('device.d-k3v7qpa2mz');
    const [, token = ''] = stateKey('role', 'a b').split('.');
    expect(idFromToken(token)).toBe('a b');
  });

  it('bears its version', () => {
    const versions = MESSAGE_TYPES.filter(({kind}) => kind === 'state').flatMap(({examples}) =>
      examples.map(({body}) => nodeOf(body).v),
    );
    expect(new Set(versions)).toEqual(new Set([KV_ROW_VERSION]));
  });
});

/** Paths of numbers that have no description, their own or that of the choice they are part of. */
function numbersWithoutWords(node: JsonSchema, path = '', isSaid = false): readonly string[] {
  const said = isSaid || node.description !== undefined;
  const isNumber = [node.type].flat().some((name) => name === 'number' || name === 'integer');
  const into = (keyword: string, step: (key: string) => string, carries: boolean) =>
    Object.entries(nodeOf(node[keyword])).flatMap(([key, value]) =>
      numbersWithoutWords(nodeOf(value), `${path}${step(key)}`, carries && said),
    );
  return [
    ...(isNumber && !said ? [path] : []),
    ...into('properties', (key) => `.${key}`, false),
    ...into('definitions', (key) => `#${key}`, false),
    ...['anyOf', 'oneOf', 'allOf'].flatMap((keyword) => into(keyword, () => '', true)),
    ...(node.items === undefined ? [] : numbersWithoutWords(nodeOf(node.items), `${path}[]`, said)),
  ];
}
