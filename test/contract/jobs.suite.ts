import {afterEach, beforeEach, describe, expect, test} from 'vitest';

import type {LeafClient} from '#client/leaf-client.ts';
import type {Clock} from '#contracts/clock.ts';
import type {CimEvent} from '#domain/envelope.ts';
import {JobProgress} from '#domain/job/progress.ts';
import {JobRow} from '#domain/job/row.ts';
import {createSystemClock} from '#drivers/system/clock.ts';
import {createSystemIds} from '#drivers/system/ids.ts';
import {USE_CASES} from '#services/registry.ts';
import {collect} from '#test/support/collect.ts';
import {
  type AgentLife,
  annaOn,
  beginLife,
  type LeafGround,
  type LeafIdentity,
} from '#test/support/leaf-ground.ts';
import {createHeldJobs} from '#test/support/made-up-jobs.ts';
import {until} from '#test/support/until.ts';

const IDENTITY = {leafId: 'jobs', storeId: '0b0e7c1e-5f0a-4f0c-9a70-8a2f0f5b7f11'};

const ids = createSystemIds();
const isFirst = (begun: readonly unknown[]): boolean => begun.length > 0;

/** The system's clock, but what takes minutes is over when the test says so. */
function createHurriedClock(): Clock & {hurry(): void} {
  const clock = createSystemClock();
  const waiting = new Set<() => void>();
  return {
    ...clock,
    after(delayMs, callback) {
      if (delayMs < 60_000) {
        return clock.after(delayMs, callback);
      }
      waiting.add(callback);
      return () => waiting.delete(callback);
    },
    hurry() {
      for (const callback of [...waiting]) {
        waiting.delete(callback);
        callback();
      }
    },
  };
}

/** What a job is from its acceptance to its end, on one kind of store and bus. */
export function jobsSuite(
  driver: string,
  start: (identity: LeafIdentity) => Promise<LeafGround>,
): void {
  describe(`jobs on ${driver}`, () => {
    let ground: LeafGround;
    let signal: AbortSignal;
    let anna: LeafClient;
    let lives: AgentLife[];
    let clock: ReturnType<typeof createHurriedClock>;

    beforeEach(async () => {
      signal = AbortSignal.timeout(20_000);
      ground = await start(IDENTITY);
      lives = [];
      anna = annaOn(ground, IDENTITY);
    });
    afterEach(async () => {
      for (const life of lives) {
        await life.kill();
      }
      await ground.stop();
    });

    /** An agent that knows the held jobs, too. */
    const begin = async () => {
      const held = createHeldJobs();
      clock = createHurriedClock();
      const useCases = [...USE_CASES, ...held.useCases];
      const epoch = lives.length + 1;
      const life = await beginLife({ground, identity: IDENTITY, epoch, useCases, clock});
      lives.push(life);
      return {...held, ...life};
    };
    const send = (verb: string, target: string = IDENTITY.leafId, id = ids.messageId()) => {
      const [aggregate = '', name = ''] = verb.split(' ');
      return anna.send({aggregate, verb: name, target, data: {}, id});
    };
    const accepted = async (verb: string): Promise<string> => {
      const answer = await send(verb);
      expect(answer).toMatchObject({ok: true});
      return answer.id;
    };
    const show = async (id: string): Promise<JobRow> => {
      const {rows} = await anna.query('job', 'list', {target: id});
      return JobRow.parse(rows[0]);
    };
    const ended = (id: string) =>
      until(
        () => show(id),
        ({state}) => state === 'ended',
      );
    const eventsOf = async (id: string): Promise<readonly CimEvent[]> =>
      (await collect(ground.reader.readAggregate('job', id, signal))).flatMap((message) =>
        message.kind === 'event' ? [message.event] : [],
      );
    const typesOf = async (id: string) =>
      (await eventsOf(id)).map(({type}) => type.replace(/^cim\.job\.|\.v1$/g, ''));

    test('a job is accepted at once, tells how far it is, and ends with an event', async () => {
      const {begun} = await begin();
      const heard: JobProgress[] = [];
      anna.onLive('job', (value) => void heard.push(JobProgress.parse(value)));
      await ground.consoleBus.roundTrip();
      const id = await accepted('leaf wait-resume');
      const [held] = await until(() => begun, isFirst);
      expect(await show(id)).toMatchObject({state: 'running', actor: 'anna', progress: null});
      for (let done = 1; done <= 50; done += 1) {
        held?.work.onProgress({done, total: 50});
      }
      await until(
        () => heard,
        (told) => told.at(-1)?.done === 50,
      );
      expect(heard.map(({done}) => done)).toEqual([1, 50]);
      expect(heard[0]).toMatchObject({id, total: 50, unit: 'step', phase: null});
      expect(await show(id)).toMatchObject({progress: {done: 50}});
      held?.finish(50);
      const end = await ended(id);
      expect(end).toMatchObject({outcome: 'done', result: {steps: 50}, progress: null});
      const [first, last] = await eventsOf(id);
      expect(first).toMatchObject({causationid: id, actor: 'anna', channel: 'cli'});
      expect(last).toMatchObject({causationid: id, correlationid: id, channel: 'system'});
      expect(last?.causationsequence).toBe(String(end.fields.command));
      expect(last?.actor).toBeUndefined();
    });

    test('a job sent again gets its first answer and is begun once, also after it has ended', async () => {
      const {begun} = await begin();
      const id = ids.messageId();
      const first = await send('leaf wait-fail', IDENTITY.leafId, id);
      expect(await send('leaf wait-fail', IDENTITY.leafId, id)).toEqual(first);
      (await until(() => begun, isFirst))[0]?.finish(1);
      await ended(id);
      expect(await send('leaf wait-fail', IDENTITY.leafId, id)).toEqual(first);
      expect(begun).toHaveLength(1);
    });

    test('the same is refused while it is being done, and not after', async () => {
      const {begun} = await begin();
      const id = await accepted('leaf wait-fail');
      expect(await send('leaf wait-fail')).toMatchObject({code: 'job-running'});
      expect(await send('leaf wait-fail', 'elsewhere')).toMatchObject({ok: true});
      (await until(() => begun, isFirst))[0]?.finish(1);
      await ended(id);
      expect(await send('leaf wait-fail')).toMatchObject({ok: true});
    });

    test('a job that is cancelled ends, by the beginning of its id, too', async () => {
      const {begun} = await begin();
      const id = await accepted('leaf wait-fail');
      const [held] = await until(() => begun, isFirst);
      expect(await send('job cancel', id.slice(0, 20))).toMatchObject({ok: true});
      expect(await ended(id)).toMatchObject({outcome: 'cancelled'});
      expect(held?.work.signal.aborted).toBe(true);
      expect(await typesOf(id)).toEqual(['accepted', 'cancel-requested', 'ended']);
      expect(await send('job cancel', id)).toMatchObject({code: 'job-ended'});
      expect(await send('job cancel', 'ffff')).toMatchObject({code: 'unknown-job'});
    });

    test('work that fails ends its job with the reason', async () => {
      const {begun} = await begin();
      const id = await accepted('leaf wait-fail');
      (await until(() => begun, isFirst))[0]?.fail(new Error('the disk is gone'));
      expect(await ended(id)).toMatchObject({
        outcome: 'failed',
        reason: expect.stringContaining('the disk is gone'),
      });
    });

    test('cut off by a restart, a job that declares so is resumed: it begins anew', async () => {
      const first = await begin();
      const id = await accepted('leaf wait-resume');
      await until(() => first.begun, isFirst);
      await first.kill();
      const second = await begin();
      (await until(() => second.begun, isFirst))[0]?.finish(3);
      expect(await ended(id)).toMatchObject({outcome: 'done', result: {steps: 3}});
      expect(await typesOf(id)).toEqual(['accepted', 'resumed', 'ended']);
    });

    test('cut off by a restart, a job that declares so has failed', async () => {
      const first = await begin();
      const id = await accepted('leaf wait-fail');
      await first.kill();
      const second = await begin();
      expect(await show(id)).toMatchObject({outcome: 'failed', reason: 'cut off by a restart'});
      expect(second.begun).toEqual([]);
    });

    test('cut off by a restart, a job that declares so asks, and goes on when somebody says so', async () => {
      const first = await begin();
      const id = await accepted('leaf wait-ask');
      await first.service.stop('signal');
      const second = await begin();
      const asking = await show(id);
      expect(asking).toMatchObject({state: 'asking', outcome: null});
      const askedMs = Date.parse(asking.expiresAt ?? '') - Date.parse(asking.since);
      expect(Math.abs(askedMs - 300_000)).toBeLessThan(2000);
      expect(second.begun).toEqual([]);
      expect(await send('job resume', id)).toMatchObject({ok: true});
      (await until(() => second.begun, isFirst))[0]?.finish(4);
      expect(await ended(id)).toMatchObject({outcome: 'done', result: {steps: 4}});
      clock.hurry();
      expect(await typesOf(id)).toEqual(['accepted', 'interrupted', 'resumed', 'ended']);
    });

    test('a job that asks ends when it is cancelled', async () => {
      const first = await begin();
      const id = await accepted('leaf wait-ask');
      await first.kill();
      await begin();
      expect(await send('job cancel', id)).toMatchObject({ok: true});
      expect(await show(id)).toMatchObject({state: 'ended', outcome: 'cancelled'});
      expect(await send('job resume', id)).toMatchObject({code: 'job-ended'});
    });

    test('a job that asks expires when nobody answers, also over one more restart', async () => {
      const first = await begin();
      const id = await accepted('leaf wait-ask');
      await first.kill();
      const second = await begin();
      const {expiresAt} = await show(id);
      await second.kill();
      await begin();
      expect(await show(id)).toMatchObject({state: 'asking', expiresAt});
      clock.hurry();
      expect(await ended(id)).toMatchObject({outcome: 'expired', expiresAt: null});
      expect(await typesOf(id)).toEqual(['accepted', 'interrupted', 'ended']);
    });

    test('event verify looks at every event up to its own acceptance', async () => {
      await begin();
      const id = await accepted('event verify');
      const {result, outcome, fields} = await ended(id);
      expect({result, outcome}).toEqual({
        result: {events: fields.command, wrong: null},
        outcome: 'done',
      });
    });
  });
}
