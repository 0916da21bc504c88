import {afterEach, beforeEach, expect, test} from 'vitest';

import type {Bus, BusMessage} from '#contracts/bus.ts';
import {isCimError} from '#domain/errors.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

/** Two buses that hear each other, and what was logged. */
export interface BusHarness {
  readonly bus: Bus;
  readonly other: Bus;
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const bytes = (text: string) => encoder.encode(text);
const textOf = ({body}: BusMessage) => decoder.decode(body);
const LIMIT = {timeoutMs: 5000};
const SILENCE = {timeoutMs: 5000, silenceMs: 100};

/** What every bus keeps. */
export function busSuite(driver: DriverOf<'bus'>, start: () => Promise<BusHarness>): void {
  describeContract({contract: 'bus', driver}, () => {
    let harness: BusHarness;
    let bus: Bus;
    let other: Bus;

    beforeEach(async () => {
      harness = await start();
      ({bus, other} = harness);
    });
    afterEach(() => harness.stop());

    /** Texts heard on a pattern until `end` comes. */
    const hearUntilEnd = (pattern: string, queue?: string) => {
      const heard: string[] = [];
      const end = Promise.withResolvers<readonly string[]>();
      const subscription = bus.subscribe(
        pattern,
        (message) => {
          const text = textOf(message);
          if (text === 'end') {
            end.resolve(heard);
          } else {
            heard.push(text);
          }
        },
        queue,
      );
      return {heard, end: end.promise, subscription};
    };

    test('answers a request, with headers both ways read by name', async () => {
      bus.respond('cim.x.queries.a.b', async (message) => ({
        body: bytes(`${message.subject} ${textOf(message)}`),
        headers: {'Nats-Service-Error': 'refused'},
      }));
      await bus.roundTrip();
      const answer = await other.request('cim.x.queries.a.b', bytes('grüße'), LIMIT);
      expect(textOf(answer)).toBe('cim.x.queries.a.b grüße');
      expect(answer.headers).toMatchObject({'Nats-Service-Error': 'refused'});
    });

    test('says at once when nobody listens', async () => {
      const asked = other.request('cim.x.nobody', bytes(''), LIMIT);
      await expect(asked).rejects.toSatisfy((error) => isCimError(error, 'no-agent'));
    });

    test('gives up when the time is up, and when aborted', async () => {
      bus.respond('cim.x.silent', () => new Promise(() => undefined));
      await bus.roundTrip();
      const isLate = (error: unknown) => isCimError(error, 'time-is-up');
      const late = other.request('cim.x.silent', bytes(''), {timeoutMs: 50});
      await expect(late).rejects.toSatisfy(isLate);
      const signal = AbortSignal.abort();
      const given = other.request('cim.x.silent', bytes(''), {timeoutMs: 5000, signal});
      await expect(given).rejects.toSatisfy(isLate);
    });

    test('asks everybody, and ends with the silence after the last answer', async () => {
      for (const name of ['one', 'two', 'three']) {
        bus.respond('cim.x.all', async ({body}) => ({
          body: bytes(`${name} ${decoder.decode(body)}`),
          headers: {Name: name},
        }));
      }
      bus.respond('cim.x.all', () => new Promise(() => undefined));
      await bus.roundTrip();
      const answers = await other.requestAll('cim.x.all', bytes('here'), SILENCE);
      expect(answers.map(textOf).toSorted()).toEqual(['one here', 'three here', 'two here']);
      expect(answers.map(({headers}) => headers.Name).toSorted()).toEqual(['one', 'three', 'two']);
    });

    test('asking everybody fails as asking one does', async () => {
      const isNobody = (error: unknown) => isCimError(error, 'no-agent');
      const asked = other.requestAll('cim.x.nobody', bytes(''), SILENCE);
      await expect(asked).rejects.toSatisfy(isNobody);
      bus.respond('cim.x.silent', () => new Promise(() => undefined));
      await bus.roundTrip();
      const isLate = (error: unknown) => isCimError(error, 'time-is-up');
      const limits = {...SILENCE, timeoutMs: 50};
      await expect(other.requestAll('cim.x.silent', bytes(''), limits)).rejects.toSatisfy(isLate);
      const signal = AbortSignal.abort();
      const given = other.requestAll('cim.x.silent', bytes(''), {...SILENCE, signal});
      await expect(given).rejects.toSatisfy(isLate);
    });

    test('logs a handler that throws and answers the next', async () => {
      let isFirst = true;
      bus.respond('cim.x.moody', async () => {
        if (isFirst) {
          isFirst = false;
          throw new TypeError('bad mood');
        }
        return {body: bytes('ok')};
      });
      await bus.roundTrip();
      await expect(other.request('cim.x.moody', bytes(''), {timeoutMs: 50})).rejects.toThrow();
      expect(textOf(await other.request('cim.x.moody', bytes(''), LIMIT))).toBe('ok');
      expect(harness.lines.join()).toContain('bad mood');
    });

    test('logs a listener that throws and calls the next', async () => {
      const {end} = hearUntilEnd('cim.x.live.>');
      bus.subscribe('cim.x.live.a', () => {
        throw new TypeError('deaf');
      });
      await bus.roundTrip();
      other.publish('cim.x.live.a', bytes('one'));
      other.publish('cim.x.live.a', bytes('end'));
      expect(await end).toEqual(['one']);
      expect(harness.lines.join()).toContain('deaf');
    });

    test.each([
      ['cim.x.live.metrics.cpu', 'cim.x.live.metrics.cpu', true],
      ['cim.x.live.*.cpu', 'cim.x.live.metrics.cpu', true],
      ['cim.x.live.>', 'cim.x.live.metrics.cpu', true],
      ['cim.x.live.*', 'cim.x.live.metrics.cpu', false],
      ['cim.x.live.metrics.cpu.>', 'cim.x.live.metrics.cpu', false],
      ['cim.x.live.metrics', 'cim.x.live.metrics.cpu', false],
    ])('a listener to %s hears %s: %s', async (pattern, subject, isHeard) => {
      const {heard} = hearUntilEnd(pattern);
      const {end} = hearUntilEnd('cim.x.end');
      await bus.roundTrip();
      other.publish(subject, bytes('hello'));
      other.publish('cim.x.end', bytes('end'));
      await end;
      expect(heard).toEqual(isHeard ? ['hello'] : []);
    });

    test('keeps the order of what one bus publishes', async () => {
      const {end} = hearUntilEnd('cim.x.live.>');
      await bus.roundTrip();
      const texts = Array.from({length: 200}, (_, index) => String(index));
      for (const text of [...texts, 'end']) {
        other.publish(`cim.x.live.${text}`, bytes(text));
      }
      expect(await end).toEqual(texts);
    });

    test('of a queue one member gets each message, and all of them get some', async () => {
      const members = ['a', 'b'].map(() => hearUntilEnd('cim.x.work', 'workers'));
      const alone = hearUntilEnd('cim.x.work');
      await bus.roundTrip();
      const texts = Array.from({length: 60}, (_, index) => String(index));
      for (const text of [...texts, 'end']) {
        other.publish('cim.x.work', bytes(text));
      }
      expect(await alone.end).toEqual(texts);
      await Promise.race(members.map(({end}) => end));
      const shares = members.map(({heard}) => heard);
      expect(shares.flat().toSorted()).toEqual(texts.toSorted());
      expect(shares.every((share) => share.length > 0)).toBe(true);
    });

    test('a stopped listener hears nothing more', async () => {
      const stopped = hearUntilEnd('cim.x.live.>');
      const {end} = hearUntilEnd('cim.x.live.>');
      await bus.roundTrip();
      stopped.subscription.stop();
      await bus.roundTrip();
      other.publish('cim.x.live.a', bytes('one'));
      other.publish('cim.x.live.a', bytes('end'));
      expect(await end).toEqual(['one']);
      expect(stopped.heard).toEqual([]);
    });

    test('a stopped responder is nobody', async () => {
      const responder = bus.respond('cim.x.gone', async () => ({body: bytes('here')}));
      await bus.roundTrip();
      responder.stop();
      await bus.roundTrip();
      const asked = other.request('cim.x.gone', bytes(''), LIMIT);
      await expect(asked).rejects.toSatisfy((error) => isCimError(error, 'no-agent'));
    });

    test('is live, and knows how far the server is', async () => {
      expect(bus.status()).toEqual({kind: 'live'});
      expect(await bus.roundTrip()).toBeLessThan(1000);
    });
  });
}
