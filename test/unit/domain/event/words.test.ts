import {describe, expect, it} from 'vitest';

import {EVENT_SCHEMAS} from '#domain/catalogue.ts';
import {describeMessage, type Names, PLAIN_NAMES} from '#domain/event/words.ts';
import type {StoredMessage} from '#domain/message.ts';
import {sampleMessage} from '#test/support/sample-events.ts';
import {DEVICE, PORT, TOLD} from '#test/support/told-events.ts';

const NAMES: Names = {port: (id) => `port:${id}`, device: (id) => `unit:${id}`};

describe('words for events', () => {
  it.each(TOLD)('%s of %s', (type, subject, data, expected) => {
    const message = sampleMessage(7, {type, subject, data: {...data}, ago: 1});
    const {kind, object, what, detail} = describeMessage(message, NAMES);
    expect([kind, object, what, detail]).toEqual(expected);
  });

  it('are there for every event type', () => {
    expect(new Set(TOLD.map(([type]) => type))).toEqual(new Set(Object.keys(EVENT_SCHEMAS)));
  });

  it('say who wished it, and how; facts come from the kernel or the agent', () => {
    const label = {
      type: 'cim.port.labelled.v1',
      subject: 'usb-1',
      data: {label: null, before: {label: 'x'}},
      ago: 1,
    };
    const wish = sampleMessage(1, {...label, actor: 'ben', channel: 'console'});
    expect(describeMessage(wish)).toMatchObject({who: 'ben', by: 'console'});
    const plug = sampleMessage(2, {
      type: 'cim.device.added.v1',
      subject: 'd-aaaaaaaaaa',
      data: DEVICE,
      ago: 1,
    });
    expect(describeMessage(plug)).toMatchObject({object: 'usb-1', who: 'kernel', by: 'system'});
    expect(describeMessage(sampleMessage(3, label))).toMatchObject({who: 'agent'});
  });

  it('are there for what this build cannot read', () => {
    const unreadable: StoredMessage = {
      kind: 'unreadable',
      sequence: 1,
      subject: 's',
      reason: 'not JSON',
      body: '',
    };
    expect(describeMessage(unreadable)).toMatchObject({what: 'unreadable', detail: 'not JSON'});
    const known = sampleMessage(1, {
      type: 'cim.port.added.v1',
      subject: 'usb-1',
      data: PORT,
      ago: 1,
    });
    if (known.kind !== 'event') {
      throw new TypeError('the sample is an event');
    }
    const envelope = {...known.event, type: 'cim.port.painted.v1'};
    const newer: StoredMessage = {
      kind: 'newer',
      sequence: 2,
      aggregate: 'port',
      id: 'usb-1',
      envelope,
    };
    expect(describeMessage(newer, PLAIN_NAMES)).toMatchObject({
      object: 'port usb-1',
      what: 'painted',
      detail: 'written by a newer version',
    });
    const odd = {...newer, envelope: {...envelope, type: 'odd'}};
    expect(describeMessage(odd).what).toBe('odd');
  });
});
