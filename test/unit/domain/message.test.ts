import {readdirSync, readFileSync} from 'node:fs';

import fc from 'fast-check';
import {describe, expect, test} from 'vitest';

import {EVENT_SCHEMAS, isEventType, partsOfType} from '#domain/catalogue.ts';
import {aggregateOf, eventSubject, eventsFilter, readMessage} from '#domain/message.ts';
import {UPCASTERS} from '#domain/upcast.ts';
import {matchesSubject} from '#drivers/memory-bus/subject-match.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';

const FOLDER = new URL('../../fixtures/events/', import.meta.url);
const fixtures = readdirSync(FOLDER).map((name) => name.replace(/\.json$/, ''));
const bytesOf = (type: string): string => readFileSync(new URL(`${type}.json`, FOLDER), 'utf8');

test('every version of every type of event has its bytes on file, and no other', () => {
  const versions = [...Object.keys(EVENT_SCHEMAS), ...UPCASTERS.map(({from}) => from)];
  expect(fixtures.toSorted()).toEqual(versions.toSorted());
});

test.each(UPCASTERS)('reads the bytes of $from as $to or newer', ({from, to}) => {
  const body = bytesOf(from);
  const subject = eventSubject('7fq2k13', from, JSON.parse(body).subject);
  const message = readMessage(7, subject, body);
  expect(message.kind).toBe('event');
  const version = message.kind === 'event' ? partsOfType(message.event.type)?.version : 0;
  expect(version).toBeGreaterThanOrEqual(partsOfType(to)?.version ?? Number.POSITIVE_INFINITY);
});

test.each(fixtures.filter(isEventType))(
  'reads %s as it was written, and loses nothing of it',
  (type) => {
    const body = bytesOf(type);
    const envelope = JSON.parse(body);
    expect(envelope.type).toBe(type);
    const subject = eventSubject('7fq2k13', type, envelope.subject);
    const message = readMessage(7, subject, body);
    expect(message).toEqual({kind: 'event', sequence: 7, event: envelope});
    expect(message.kind === 'event' ? JSON.stringify(message.event).length : 0).toBe(
      JSON.stringify(envelope).length,
    );
  },
);

describe('what cannot be read is kept', () => {
  const envelope = labelledEnvelope('7fq2k13', 'usb-1-3', 'USB 3');
  const subject = eventSubject('7fq2k13', envelope.type, envelope.subject);
  const read = (change: object, at = subject) =>
    readMessage(1, at, JSON.stringify({...envelope, ...change}));

  test.each([
    ['no JSON', 'not JSON', 'nope'],
    ['no text', 'not JSON', ''],
    ['a bare value', 'not a CloudEvent', '7'],
    ['no envelope', 'not a CloudEvent', '{"label":"USB 3"}'],
  ])('%s', (_, reason, body) => {
    const message = readMessage(1, subject, body);
    expect(message).toEqual({
      kind: 'unreadable',
      sequence: 1,
      subject,
      body,
      reason: expect.stringContaining(reason),
    });
  });

  test.each([
    ['a time without milliseconds', {time: '2026-11-22T16:21:30Z'}],
    ['another source', {source: '/elsewhere'}],
    ['data of another shape', {data: {label: 7, before: {label: null}}}],
    ['an id that is not the subject', {subject: 'usb-1-4'}],
  ])('%s', (_, change) => {
    expect(read(change)).toMatchObject({kind: 'unreadable', body: expect.any(String)});
  });

  test.each([
    ['cim.port.labelled.v2', 'port'],
    ['cim.port.painted.v1', 'port'],
    ['cim.container.started.v1', 'container'],
  ])('a type newer than known, %s, is marked with its aggregate', (type, aggregate) => {
    const parts = partsOfType(type);
    const at = `cim.7fq2k13.events.${parts?.aggregate}.usb-1-3.${parts?.event}`;
    const data = {whatever: [1]};
    expect(read({type, data}, at)).toEqual({
      kind: 'newer',
      sequence: 1,
      aggregate,
      id: 'usb-1-3',
      envelope: {...envelope, type, data},
    });
  });

  test('a new optional field of a known type is no obstacle', () => {
    const data = {label: 'USB 3', before: {label: null}, colour: 'red'};
    expect(read({data})).toMatchObject({kind: 'event'});
  });
});

test('no text whatever makes it throw', () => {
  const subjects = fc.oneof(fc.string(), fc.constant('cim.x.events.port.usb-1-3.labelled'));
  const broken = fc
    .tuple(fc.constantFrom(...fixtures), fc.nat(), fc.string({maxLength: 4}))
    .map(([type, place, text]) => {
      const body = bytesOf(type);
      const at = place % body.length;
      return `${body.slice(0, at)}${text}${body.slice(at + text.length)}`;
    });
  const bodies = fc.oneof(fc.string({unit: 'binary'}), fc.json(), broken);
  fc.assert(
    fc.property(subjects, bodies, (subject, body) => {
      expect(['event', 'newer', 'unreadable']).toContain(readMessage(1, subject, body).kind);
    }),
  );
});

test('the filter of an aggregate catches its subjects and no others', () => {
  const ids = fc.string({unit: fc.constantFrom('a', '.', '*', '-', '=', '1'), maxLength: 4});
  fc.assert(
    fc.property(ids, ids, (one, other) => {
      const filter = eventsFilter('x', 'port', one);
      const subject = eventSubject('x', 'cim.port.labelled.v1', other);
      expect(matchesSubject(filter, subject)).toBe(one === other);
      expect(matchesSubject(eventsFilter('x'), subject)).toBe(true);
    }),
  );
});

test('the subject alone tells which aggregate a message stands under', () => {
  fc.assert(
    fc.property(fc.string({minLength: 1}), (id) => {
      const subject = eventSubject('x', 'cim.port.labelled.v1', id);
      expect(aggregateOf(subject)).toEqual({aggregate: 'port', id});
    }),
  );
  for (const subject of ['', 'cim.x.events.port', 'cim.x.live.port.a.b', 'cim.x.events.a.b.c.d']) {
    expect(aggregateOf(subject)).toBeUndefined();
  }
});
