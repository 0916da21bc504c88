import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import {dataSchemaOf, type Envelope} from '#domain/envelope.ts';
import {type ReadStored, rootOf, whyChain} from '#domain/event/why.ts';
import {originWords, rootWords, stepWords} from '#domain/event/why-words.ts';
import {PLAIN_NAMES} from '#domain/event/words.ts';
import {eventSubject, readMessage, type StoredMessage} from '#domain/message.ts';

const LABELLED = 'cim.port.labelled.v1';

/** A label that was given, with what else the envelope says. */
function labelled(sequence: number, more: Partial<Envelope> = {}): StoredMessage {
  const type = more.type ?? LABELLED;
  const id = `e${sequence}`;
  const envelope: Envelope = {
    specversion: '1.0',
    id,
    source: '/cim/l',
    type,
    subject: 'usb-1',
    time: '2026-11-22T16:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: dataSchemaOf(type),
    correlationid: id,
    causationid: id,
    data: {label: 'B', before: {label: 'A'}},
    ...more,
  };
  const subject = eventSubject('l', type, envelope.subject);
  return readMessage(sequence, subject, JSON.stringify(envelope));
}

const reading = (...messages: readonly StoredMessage[]): ReadStored => {
  const bySequence = new Map(messages.map((message) => [message.sequence, message]));
  return async (sequence) => bySequence.get(sequence);
};

const ADDED = 'cim.port.added.v1';
const PORT = {
  position: 'p',
  kind: 'socket',
  class: 'usb',
  direction: 'both',
  parent: null,
  name: '1-1',
  state: 'absent',
  link: null,
  speedMbps: null,
};
const byAnna = {actor: 'anna', channel: 'cli', causationid: 'c1'} as const;

describe('why', () => {
  it('of a wish is the command, with what its client claims marked as said', async () => {
    const wish = labelled(7, {...byAnna, originkind: 'ssh', originaddress: '10.0.0.5'});
    const chain = await whyChain(reading(wish), 7);
    expect(chain).toMatchObject([
      {
        sequence: 7,
        earlier: null,
        origin: {
          kind: 'command',
          id: 'c1',
          actor: 'anna',
          channel: 'cli',
          claims: {kind: 'ssh', address: '10.0.0.5'},
        },
      },
    ]);
    expect(chain.map(originWords)).toEqual(['asked by anna over cli (says: ssh, from 10.0.0.5)']);
    expect(chain.map((step) => stepWords(step, PLAIN_NAMES))).toEqual(['usb-1 labelled "A" → "B"']);
    expect(rootWords(rootOf(chain))).toBe('anna asked for it over cli');
  });

  it('of an undo begins with its own command, and shows what was taken back', async () => {
    const read = reading(
      labelled(5, byAnna),
      labelled(9, {actor: 'ben', channel: 'console', causationid: 'c2', causationsequence: '5'}),
    );
    const chain = await whyChain(read, 9);
    expect(chain.map(({sequence}) => sequence)).toEqual([9, 5]);
    expect(chain.map(originWords)).toEqual([
      'asked by ben over console, to undo event 5',
      'asked by anna over cli',
    ]);
    expect(rootOf(chain)).toMatchObject({kind: 'command', actor: 'ben'});
  });

  it('of what the kernel told is the uevent', async () => {
    const cause = {
      id: 'uevent-1',
      type: 'uevent',
      time: '2026-11-22T16:00:00.000Z',
      summary: 'kernel add /x (usb)',
    };
    const chain = await whyChain(reading(labelled(3, {type: ADDED, data: {...PORT, cause}})), 3);
    expect(chain.map(originWords)).toEqual(['seen by uevent: kernel add /x (usb)']);
    expect(rootWords(rootOf(chain))).toBe('the kernel told it: kernel add /x (usb)');
  });

  it('of what a comparison found is that comparison, and leads to the start of the agent', async () => {
    const started = {bootId: null, version: '1', lastSeen: null};
    const cause = {
      id: 'enumeration-start',
      type: 'enumeration',
      time: '2026-11-22T16:00:00.000Z',
      summary: 'enumerated: start',
    };
    const read = reading(
      labelled(1, {type: 'cim.leaf.started.v1', subject: 'l', data: started}),
      labelled(2, {
        type: 'cim.leaf.resynced.v1',
        subject: 'l',
        causationsequence: '1',
        data: {cause: 'start', drops: 0, changes: ['usb-1']},
      }),
      labelled(3, {type: ADDED, causationsequence: '2', data: {...PORT, cause}}),
    );
    const chain = await whyChain(read, 3);
    expect(chain.map(originWords)).toEqual([
      'seen by enumeration: enumerated: start, after event 2',
      'follows from event 1',
      "done by the leaf's service layer itself",
    ]);
    expect(rootWords(rootOf(chain))).toBe('it was found: enumerated: start');
    expect(rootWords(rootOf(chain.slice(1)))).toBe("the leaf's service layer did it by itself");
  });
});

describe('a chain that cannot be followed', () => {
  it.each([
    ['a hole', [], /^this event is not in the store: it was archived or removed$/],
    [
      'what cannot be read',
      [{kind: 'unreadable', sequence: 4, subject: 's', reason: 'not JSON', body: ''}],
      /^this message cannot be read: not JSON$/,
    ],
    [
      'a cause that came later',
      [labelled(4, {causationsequence: '4'})],
      /^it names event 4 as its cause, which is no earlier one$/,
    ],
    ['an event that tells no cause', [labelled(4)], /^it tells no cause$/],
  ] satisfies [string, StoredMessage[], RegExp][])('ends with %s, told', async (_, more, words) => {
    const read = reading(...more, labelled(6, {causationsequence: '4'}));
    const chain = await whyChain(read, 6);
    expect(chain.map(({sequence}) => sequence)).toEqual([6, 4]);
    expect(
      originWords(chain[1] ?? {sequence: 0, message: null, origin: {kind: 'agent'}, earlier: null}),
    ).toMatch(words);
    expect(rootWords(rootOf(chain))).toMatch(words);
  });

  it('goes on through what a newer version has written', async () => {
    const newer = labelled(4, {type: 'cim.profile.applied.v1', causationsequence: '2', data: {}});
    const read = reading(labelled(2, byAnna), newer, labelled(6, {causationsequence: '4'}));
    const chain = await whyChain(read, 6);
    expect(chain.map(({message}) => message?.kind)).toEqual(['event', 'newer', 'event']);
    expect(rootOf(chain)).toMatchObject({kind: 'command', actor: 'anna'});
  });

  it('is told when nothing has set it', () => {
    expect(rootWords(rootOf([]))).toBe('no event has set it');
  });

  it('always ends, each event once, newest first, whatever the events say', async () => {
    const stream = fc.array(fc.option(fc.nat({max: 220})), {minLength: 1, maxLength: 200});
    await fc.assert(
      fc.asyncProperty(stream, fc.nat(), async (causes, pick) => {
        const read = reading(
          ...causes.map((cause, index) =>
            labelled(index + 1, cause === null ? {} : {causationsequence: String(cause)}),
          ),
        );
        const from = (pick % causes.length) + 1;
        const sequences = (await whyChain(read, from)).map(({sequence}) => sequence);
        expect(sequences[0]).toBe(from);
        expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => b - a));
      }),
      {numRuns: 100},
    );
  });

  it('is cut where it is longer than any of ours, and says so', async () => {
    const read: ReadStored = async (sequence) =>
      labelled(sequence, {causationsequence: String(sequence - 1)});
    const chain = await whyChain(read, 1000);
    expect(chain).toHaveLength(101);
    expect(chain.at(-1)?.origin).toMatchObject({reason: 'the chain is longer than 100 events'});
  });
});
