import {describe, expect, it} from 'vitest';

import type {Containers} from '#domain/container/container.ts';
import {CimError} from '#domain/errors.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createMemoryContainerManager} from '#drivers/memory/container-manager.ts';
import {createContainerWatch} from '#services/container/watch.ts';
import {containerFact} from '#test/support/containers.ts';
import {createKeptLog} from '#test/support/silent-log.ts';

const MISSING = {refused: 'no-machined', detail: 'nobody bears the name'} as const;

function watchOver(manager = createMemoryContainerManager([containerFact('web')])) {
  const clock = createMemoryClock();
  const log = createKeptLog();
  const told: Containers[] = [];
  const {signal} = new AbortController();
  const onRead = (containers: Containers): void => void told.push(containers);
  const watch = createContainerWatch({manager, clock, log, onRead, signal});
  return {manager, clock, log, told, watch};
}

const namesIn = ({list}: Containers): readonly string[] => list.map(({name}) => name);

describe('the watch over containers', () => {
  it('knows nothing at first, and what runs soon after the start', async () => {
    const {clock, watch} = watchOver();
    watch.start();
    expect(watch.containers()).toEqual({list: [], limit: null, seenAt: null});
    await clock.turn(500);
    expect(watch.containers()).toEqual({
      list: [containerFact('web')],
      limit: null,
      seenAt: '2026-11-22T16:00:00.500Z',
    });
  });

  it('tells each change in the turn in which it is heard', async () => {
    const {clock, told, watch, manager} = watchOver();
    watch.start();
    await clock.turn(500);
    told.length = 0;
    manager.run(containerFact('cam'));
    manager.close('web');
    const states = told.map(({list}) => list.map(({name, state}) => `${name} ${state}`));
    expect(states).toEqual([
      ['web running', 'cam opening'],
      ['web running', 'cam running'],
      ['web closing', 'cam running'],
      ['cam running'],
    ]);
  });

  it('looks soon after a change, then ever less often, in the end once a minute', async () => {
    const manager = createMemoryContainerManager([containerFact('web')]);
    const looks: number[] = [];
    const {clock, watch} = watchOver({
      ...manager,
      list(signal) {
        looks.push(clock.monotonicMs());
        return manager.list(signal);
      },
    });
    watch.start();
    await clock.turn(500);
    await clock.turn(300_000);
    const pauses = looks.map((at, index) => at - (looks[index - 1] ?? 500));
    expect(pauses.slice(0, 9)).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]);
    expect(new Set(pauses.slice(9))).toEqual(new Set([60_000]));
    looks.length = 0;
    manager.run(containerFact('cam'));
    await clock.turn(250);
    expect(looks).toHaveLength(1);
  });

  it('finds by itself what no signal has told', async () => {
    const hidden = createMemoryContainerManager([containerFact('web', {addresses: []})]);
    const {clock, watch} = watchOver({...hidden, start: async () => ({limit: null})});
    watch.start();
    await clock.turn(500);
    expect(namesIn(watch.containers())).toEqual([]);
    await clock.turn(250);
    expect(namesIn(watch.containers())).toEqual(['web']);
    hidden.kill('web');
    await clock.turn(60_000);
    expect(namesIn(watch.containers())).toEqual([]);
  });

  it('says what is missing and claims nothing then, until it is there again', async () => {
    const {clock, log, watch, manager} = watchOver();
    manager.lose(MISSING);
    watch.start();
    await clock.turn(500);
    expect(watch.containers()).toMatchObject({list: [], limit: MISSING});
    await clock.turn(120_000);
    manager.recover();
    expect(watch.containers()).toMatchObject({list: [{name: 'web'}], limit: null});
    manager.lose(MISSING);
    expect(watch.containers()).toMatchObject({list: [], limit: MISSING});
    await clock.turn(60_000);
    expect(log.lines).toEqual([]);
  });

  it('logs a reading that fails for another reason, and reads again', async () => {
    const manager = createMemoryContainerManager([containerFact('web')]);
    let isBroken = true;
    const {clock, log, watch} = watchOver({
      ...manager,
      list: (signal) =>
        isBroken
          ? Promise.reject(new CimError('process-failed', 'list: broken'))
          : manager.list(signal),
    });
    watch.start();
    await clock.turn(750);
    expect(log.lines).toEqual(['error read containers: list: broken']);
    isBroken = false;
    manager.kill('web');
    await clock.turn(250);
    expect(namesIn(watch.containers())).toEqual([]);
  });

  it('is silent once it is stopped, and asks no more', async () => {
    const {clock, told, watch, manager} = watchOver();
    watch.start();
    await clock.turn(500);
    await watch.stop();
    told.length = 0;
    manager.run(containerFact('cam'));
    await clock.turn(120_000);
    expect(told).toEqual([]);
  });
});
