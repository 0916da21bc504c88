import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import {checkMessage, findKind, KINDS, type Verdict} from '#domain/api/check.ts';
import {MESSAGE_TYPES} from '#domain/api/message-types.ts';
import {readMessages} from '#domain/api/read-messages.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {mutantsOf} from '#test/support/mutants.ts';

const linesOf = ({type, mistakes, notes}: Verdict): readonly string[] => [
  type ?? '(unknown)',
  ...mistakes.map(({path, message}) => `${path}: ${message}`),
  ...notes.map(({path, message}) => `note ${path}: ${message}`),
];

/** What is said of a message, of a kind that is named. */
function said(value: unknown, as?: string): readonly string[] {
  const kind = as === undefined ? undefined : findKind(as);
  return kind !== undefined && 'unknown' in kind
    ? [kind.unknown]
    : linesOf(checkMessage(value, kind?.found));
}

/** A subject that a message of an address may go to. */
const subjectOf = (address: string): string =>
  address.replace('{leafId}', '7fq2k13').replace(/\{([a-zA-Z]+)\}/g, 'x-1');

describe('a message that is fine', () => {
  const examples = MESSAGE_TYPES.flatMap((type) =>
    type.examples.map((example) => ({...type, body: example.body, of: example.name})),
  );

  it.each(examples)('$name ($of) is told so by its name', ({name, body}) => {
    expect(said(body, name)).toEqual([name]);
  });

  it.each(examples.filter(({kind}) => kind !== 'event' && kind !== 'answer' && kind !== 'rows'))(
    '$name is known by its subject',
    ({name, address, body}) => {
      expect(said({subject: subjectOf(address ?? ''), body})).toEqual([name]);
    },
  );

  it.each(examples.filter(({kind}) => kind === 'event'))('$name tells itself', ({name, body}) => {
    expect(said(body)).toEqual([name]);
    expect(said({...(body as object), sequence: 7})).toEqual([name]);
  });

  it('is an answer where it says ok', () => {
    expect(said({ok: true, id: 'a', events: [], sequence: 4})).toEqual(['answer']);
  });

  it('is an event under the subject of its type, stored or sent on', () => {
    const body = labelledEnvelope('7fq2k13', 'usb-1.3', 'USB 3');
    for (const live of ['', 'live.']) {
      const subject = `cim.7fq2k13.${live}events.port.usb-1=002e3.labelled`;
      expect(said({subject, body})).toEqual(['cim.port.labelled.v1']);
    }
  });
});

describe('what is wrong is said in words, with its place', () => {
  const event = labelledEnvelope('7fq2k13', 'usb-1-3', 'USB 3');

  it.each([
    [{data: {label: 5, before: {label: null}}}, 'data.label: must be text or null, is 5'],
    [{data: {before: {label: null}}}, 'data.label: is missing: must be text or null'],
    [
      {time: '2026-11-22'},
      'time: must be a UTC time with milliseconds, e.g. 2026-11-23T08:00:00.000Z, is "2026-11-22"',
    ],
    [{clock: 'fine'}, 'clock: must be one of synced, unsynced, unknown, is "fine"'],
    [{causationsequence: 'x'}, 'causationsequence: must be text that fits ^\\d+$, is "x"'],
    [{data: []}, 'data: must be an object, is a list'],
  ])('of an event: %j', (change, mistake) => {
    expect(said({...event, ...change})).toEqual(['cim.port.labelled.v1', mistake]);
  });

  it.each([
    [
      'port.label',
      {data: {label: 'a'.repeat(41)}},
      'data.label: a label has at most 40 characters',
    ],
    ['port.label', {data: {label: ''}}, 'data.label: a label needs at least one letter'],
    ['role.bind', {data: {}}, 'data: name either a port or a device'],
    ['role.bind', {data: {port: 'a', move: 'yes'}}, 'data.move: must be true or false, is "yes"'],
    ['port.forget', {seen: -1}, 'seen: must be a whole number from 0, is -1'],
    ['port.forget', {id: 'x'}, 'id: must be a UUID, is "x"'],
    [
      'port.forget',
      {target: 'x'.repeat(300)},
      `target: must be text of at most 256 characters, is "${'x'.repeat(59)}…`,
    ],
  ])('of a command %s: %j', (as, change, mistake) => {
    expect(said({target: 'usb-1-3', ...change}, as)).toEqual([`command.${as}`, mistake]);
  });

  it('names what may be meant, and what an agent would pass over', () => {
    expect(said({target: 'usb-1-3', data: {labl: 'x'}}, 'port.label')).toEqual([
      'command.port.label',
      'data.label: is missing: must be text of at most 40 characters or null; "labl" may be meant',
      'note data.labl: is not known and is passed over; the nearest is "label"',
    ]);
    expect(said({target: '24', data: {dryrun: true}}, 'event.undo')).toEqual([
      'command.event.undo',
      'note data.dryrun: is not known and is passed over; the nearest is "dryRun"',
    ]);
    expect(said({limt: 3}, 'query.port.list')).toEqual([
      'query.port.list',
      ': "limt" is not known here; the nearest is "limit"',
    ]);
  });

  it('names the type that may be meant', () => {
    const nearest = 'is not known here; the nearest is cim.port.labelled.v1';
    expect(said({...event, type: 'cim.port.labeled.v1'})).toEqual([
      '(unknown)',
      `type: "cim.port.labeled.v1" ${nearest}`,
    ]);
    expect(said({}, 'port.lable')).toEqual([
      '"port.lable" is not known here; the nearest is command.port.label',
    ]);
    expect(said({}, 'port.list')).toEqual([
      '"port.list" may be query.port.list, rows.port.list: name one of them whole',
    ]);
  });

  it('says of a choice which there are', () => {
    const bound = MESSAGE_TYPES.find(({name}) => name === 'cim.role.bound.v1')?.examples[0]?.body;
    const body = {
      ...(bound as {data: object}),
      data: {target: {kind: 'hub'}, selector: 4, before: null},
    };
    expect(said(body)).toEqual([
      'cim.role.bound.v1',
      'data.target.kind: must be "port" or "device", is "hub"',
      'data.selector: must be an object, is 4',
    ]);
  });

  it('holds an event against its subject', () => {
    const subject = 'cim.7fq2k13.events.port.usb-1-4.labelled';
    const wanted = 'cim.7fq2k13.events.port.usb-1-3.labelled';
    expect(said({subject, body: {...event, clock: 1}})).toEqual([
      'cim.port.labelled.v1',
      `subject: must be ${wanted}, as type and subject of the event say`,
      'body.clock: must be one of synced, unsynced, unknown, is 1',
    ]);
    expect(said({subject: 'cim.x.nonsense', body: {}})).toEqual([
      '(unknown)',
      'subject: no message of this version goes to "cim.x.nonsense"',
    ]);
  });

  it.each([[7], [null], ['text'], [[]], [{}], [{label: 'USB 3'}]])('asks what %j is', (value) => {
    expect(said(value)).toEqual(['(unknown)', expect.stringContaining('--as TYPE')]);
  });
});

it('finds something wrong just where the agent would', () => {
  const mutants = fc
    .constantFrom(...MESSAGE_TYPES)
    .chain(({name, examples}) =>
      fc.record({name: fc.constant(name), value: mutantsOf(examples[0]?.body)}),
    );
  fc.assert(
    fc.property(mutants, ({name, value}) => {
      const kind = KINDS.find((candidate) => candidate.name === name);
      const {mistakes} = checkMessage(value, kind);
      expect(mistakes.length === 0).toBe(kind?.body.safeParse(value).success);
      for (const {message} of mistakes) {
        expect(message).toMatch(/^(?:must be|is missing|"|name either|a label|is not known)/);
        expect(message).not.toMatch(/undefined|must be (?:,|$)/);
      }
    }),
    {numRuns: 1000},
  );
});

describe('a text with messages', () => {
  const values = fc.array(fc.oneof(fc.record({a: fc.jsonValue()}), fc.constant({})), {
    minLength: 2,
  });

  it('is read line by line, as a list, or whole', () => {
    fc.assert(
      fc.property(values, fc.constantFrom('\n', '\n\n', ' \n'), (all, between) => {
        const plain: readonly unknown[] = JSON.parse(JSON.stringify(all));
        const lines = readMessages(plain.map((value) => JSON.stringify(value)).join(between));
        const list = readMessages(JSON.stringify(plain, null, 2));
        for (const read of [lines, list]) {
          expect(read.map((one) => ('value' in one ? one.value : one))).toEqual(plain);
        }
        expect(readMessages(JSON.stringify(plain[0], null, 2))).toEqual([
          {line: 1, value: plain[0]},
        ]);
      }),
    );
  });

  it('says where it is broken', () => {
    expect(readMessages('{"a":1}\n\n{b}\n{"c":2}\n')).toEqual([
      {line: 1, value: {a: 1}},
      {line: 3, broken: expect.stringContaining('is not JSON')},
      {line: 4, value: {c: 2}},
    ]);
    expect(readMessages('{\n  "a": }\n')).toEqual([
      {line: 1, broken: expect.stringContaining('is not JSON')},
    ]);
    expect(readMessages(' \n')).toEqual([]);
  });
});
