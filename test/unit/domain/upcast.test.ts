import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import {isEventType} from '#domain/catalogue.ts';
import type {Envelope} from '#domain/envelope.ts';
import {createMessageReader, eventSubject, readMessage} from '#domain/message.ts';
import {newestForm, olderForm, UPCASTERS, type Upcaster} from '#domain/upcast.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {MADE_UP_UPCASTERS} from '#test/support/made-up-versions.ts';

const NEWEST = labelledEnvelope('7fq2k13', 'usb-1-3', 'USB 3');
const SUBJECT = eventSubject('7fq2k13', NEWEST.type, NEWEST.subject);
const read = createMessageReader(MADE_UP_UPCASTERS);

const typed = (version: string, data: Envelope['data']): Envelope => {
  const type = `cim.port.labelled.${version}`;
  return {...NEWEST, type, dataschema: `urn:cim:schema:${type}`, data};
};

/** What must hold of any list: each step leads to a type that is read, and no type has two. */
const demandSound = (upcasters: readonly Upcaster[]): void => {
  const froms = upcasters.map(({from}) => from);
  expect(new Set(froms).size).toBe(froms.length);
  for (const [index, {from, to}] of upcasters.entries()) {
    expect(isEventType(from)).toBe(false);
    expect(isEventType(to) || froms.slice(index + 1).includes(to)).toBe(true);
  }
};

it.each([
  ['our own', UPCASTERS],
  ['the made-up', MADE_UP_UPCASTERS],
])('%s upcasters lead to types that are decided on, without a circle', (_, upcasters) => {
  demandSound(upcasters);
});

describe('an event of an old version', () => {
  it.each([
    ['v0', {name: 'USB 3', old: ''}],
    ['v00', {text: 'USB 3'}],
  ])('%s is read as the newest one has it', (version, data) => {
    const message = read(4, SUBJECT, JSON.stringify(typed(version, data)));
    expect(message).toEqual({
      kind: 'event',
      sequence: 4,
      event: typed('v1', {label: 'USB 3', before: {label: null}}),
    });
  });

  it.each([
    ['v0', {name: 7, old: ''}],
    ['v00', {}],
  ])('%s whose data are none of that version is kept, with the reason', (version, data) => {
    const body = JSON.stringify(typed(version, data));
    const reason = expect.stringContaining(`cim.port.labelled.${version}`);
    expect(read(4, SUBJECT, body)).toMatchObject({kind: 'unreadable', body, reason});
  });

  it('is newer where nobody knows how to read it', () => {
    const body = JSON.stringify(typed('v0', {name: 'USB 3', old: ''}));
    expect(readMessage(4, SUBJECT, body)).toMatchObject({kind: 'newer', id: 'usb-1-3'});
    const beyond = JSON.stringify(typed('v2', {labels: []}));
    expect(read(4, SUBJECT, beyond)).toMatchObject({kind: 'newer', id: 'usb-1-3'});
  });
});

describe('an event in the words of an earlier release', () => {
  const older = (event: Envelope, ...versions: readonly string[]) =>
    olderForm(
      event,
      new Set(versions.map((version) => `cim.port.labelled.${version}`)),
      MADE_UP_UPCASTERS,
    );

  it('is the newest version that this release can read', () => {
    expect(older(NEWEST, 'v00', 'v0')).toEqual(typed('v0', {name: 'USB 3', old: ''}));
    expect(older(NEWEST, 'v00')).toEqual(typed('v00', {text: 'USB 3'}));
    expect(older(NEWEST, 'v1')).toBe(NEWEST);
  });

  it('stays as it is where it cannot be said, or was never said before', () => {
    const renamed = typed('v1', {label: 'b', before: {label: 'a'}});
    expect(older(renamed, 'v00')).toBe(renamed);
    expect(older(NEWEST)).toBe(NEWEST);
    expect(olderForm(NEWEST, new Set())).toBe(NEWEST);
  });

  it('is read again as what it was', () => {
    const label = fc.option(fc.string());
    fc.assert(
      fc.property(label, label, fc.constantFrom('v0', 'v00'), (now, before, version) => {
        const event = typed('v1', {label: now, before: {label: before}});
        expect(newestForm(older(event, version), MADE_UP_UPCASTERS)).toEqual(event);
      }),
    );
  });
});
