import {describe, expect, it} from 'vitest';

import type {CimEvent} from '#domain/envelope.ts';
import {foldingWriter} from '#domain/table.ts';
import {type Answers, answerOf, answersProjection} from '#projections/answers.ts';
import {recordedFact, socketAdded} from '#test/support/facts.ts';

const START_MS = Date.parse('2026-11-22T16:00:00.000Z');
const HOUR_MS = 3_600_000;

/** The answers after so many commands, one event each, at even steps of time. */
function answersAfter(count: number, stepMs: number): Answers {
  const writer = foldingWriter();
  let answers = answersProjection.initial;
  for (let sequence = 1; sequence <= count; sequence += 1) {
    const {event: plain} = recordedFact(sequence, socketAdded('usb-1'));
    const time = new Date(START_MS + sequence * stepMs).toISOString();
    const event: CimEvent = {
      ...plain,
      id: `event ${sequence}`,
      time,
      actor: 'anna',
      causationid: `command ${sequence}`,
      commanddigest: `digest ${sequence}`,
    };
    answers = answersProjection.evolve(answers, {sequence, time, fact: event, event}, writer);
  }
  return answers;
}

const knows = (answers: Answers, number: number): boolean =>
  answerOf(answers, `command ${number}`) !== undefined;

describe('the answers of accepted commands', () => {
  it('hold events, place and digest of the words', () => {
    expect(answerOf(answersAfter(2, 1000), 'command 2')).toEqual({
      events: ['event 2'],
      sequence: 2,
      time: '2026-11-22T16:00:02.000Z',
      digest: 'digest 2',
    });
  });

  it('hold all events of a command, over the end of a portion too', () => {
    const writer = foldingWriter();
    const last = answersAfter(99, 1);
    const parts = ['a', 'b', 'c'].reduce((answers, id, index) => {
      const {event: plain} = recordedFact(100 + index, socketAdded('usb-1'));
      const event: CimEvent = {...plain, id, actor: 'anna', causationid: 'whole'};
      const {time} = event;
      return answersProjection.evolve(
        answers,
        {sequence: 100 + index, time, fact: event, event},
        writer,
      );
    }, last);
    expect(answerOf(parts, 'whole')).toMatchObject({events: ['a', 'b', 'c'], sequence: 102});
  });

  it('are known for 24 h, and go by the hundred', () => {
    const answers = answersAfter(500, HOUR_MS / 10);
    expect(knows(answers, 500 - 240)).toBe(true);
    expect(knows(answers, 201)).toBe(true);
    expect(knows(answers, 200)).toBe(false);
  });

  it('are 10,000 at most beside the newest, that are not a hundred', () => {
    const answers = answersAfter(10_550, 1);
    expect(knows(answers, 501)).toBe(true);
    expect(knows(answers, 500)).toBe(false);
    expect(answers.old.flatMap(({rows}) => Object.keys(rows))).toHaveLength(10_000);
    expect(answers.count).toBe(50);
  });
});
