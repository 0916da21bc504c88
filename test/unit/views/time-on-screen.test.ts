import {describe, expect, it} from 'vitest';

import {createBareConsole} from '#test/support/bare-console.ts';
import {SAMPLE_NOW} from '#test/support/sample-events.ts';
import {bannerPlug} from '#views/banner.ts';
import {startClock} from '#views/clock.ts';
import {viewOf} from '#views/console.ts';
import {ageText, shortDateText} from '#views/words/times.ts';

const PLUG = {sequence: 32, portId: 'usb-14-0-3', deviceId: 'd', at: SAMPLE_NOW, fromPortId: null};

describe('the plug banner', () => {
  const shown = (isRemote: boolean, afterMs: number): boolean => {
    const {console} = createBareConsole({
      read: {plugs: [PLUG]},
      ui: {isRemote, now: SAMPLE_NOW + afterMs},
    });
    const {read, ui} = viewOf(console);
    return bannerPlug(read, ui) !== null;
  };

  it.each([
    [true, 59_000, true],
    [true, 61_000, false],
    [false, 3_600_000, true],
  ])('from afar %s, after %i ms: %s', (isRemote, afterMs, isShown) => {
    expect(shown(isRemote, afterMs)).toBe(isShown);
  });

  it('goes when its port was looked at, and gives way to a dialog', () => {
    const bare = createBareConsole({read: {plugs: [PLUG]}});
    const isShown = () => {
      const {read, ui} = viewOf(bare.console);
      return bannerPlug(read, ui) !== null;
    };
    bare.press('4U');
    expect(isShown()).toBe(false);
    bare.time.advance(400);
    bare.press('\u001b');
    expect(isShown()).toBe(true);
    bare.press('n');
    expect(isShown()).toBe(false);
  });
});

describe('the time on screen', () => {
  const setUp = () => {
    const bare = createBareConsole();
    const {read, ui} = bare.console;
    const stop = startClock({schedule: bare.time.schedule, now: bare.time.now, read, ui});
    const ticks: number[] = [];
    ui.subscribe((state) => ticks.push(state.now - SAMPLE_NOW));
    return {bare, ticks, stop};
  };

  it('moves every ten seconds, so that an idle screen costs next to nothing', () => {
    const {bare, ticks} = setUp();
    bare.time.advance(60_000);
    expect(ticks).toHaveLength(6);
  });

  it('moves every second while it counts how stale the picture is', () => {
    const {bare, ticks} = setUp();
    bare.readStore.setConnection('stale');
    bare.time.advance(10_000);
    expect(ticks.length).toBeGreaterThanOrEqual(9);
  });

  it('stands still after the end', () => {
    const {bare, ticks, stop} = setUp();
    stop();
    bare.time.advance(60_000);
    expect(ticks).toEqual([]);
  });
});

it.each([
  [0, 'now'],
  [9, 'now'],
  [-5, 'now'],
  [29, '20 s'],
  [60, '1 m'],
  [3_600, '1 h'],
  [47 * 3_600, '47 h'],
  [41 * 86_400, '41 d'],
])('%i s ago is "%s"', (seconds, text) => {
  expect(ageText(SAMPLE_NOW, SAMPLE_NOW - seconds * 1_000)).toBe(text);
});

it('a date takes five cells at most', () => {
  const texts = [0, 1, 40, 400].map((days) =>
    shortDateText(SAMPLE_NOW, SAMPLE_NOW - days * 86_400_000),
  );
  expect(texts.map((text) => text.length <= 5)).toEqual([true, true, true, true]);
});
