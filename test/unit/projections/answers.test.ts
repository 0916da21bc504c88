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

  it('are forgotten after 24 h', () => {
    const answers = answersAfter(500, HOUR_MS);
    expect(knows(answers, 500)).toBe(true);
    expect(knows(answers, 476)).toBe(true);
    expect(knows(answers, 475)).toBe(false);
  });

  it('are 10,000 at most after a clearing, the newest', () => {
    const answers = answersAfter(10_500, 1);
    expect(knows(answers, 501)).toBe(true);
    expect(knows(answers, 500)).toBe(false);
    expect(Object.keys(answers.old)).toHaveLength(10_000);
  });
});
