import fc from 'fast-check';
import {expect, it} from 'vitest';

import {
  changeBackTo,
  changedNames,
  PortSettings,
  PortSettingsChange,
  settingsWords,
  withChange,
} from '#domain/port/settings.ts';

const given = {
  enabled: fc.boolean(),
  link: fc.constantFrom('up' as const, 'down' as const),
  mtu: fc.integer({min: 68, max: 65_535}),
  speedMbps: fc.oneof(fc.constant('auto' as const), fc.integer({min: 1, max: 400_000})),
  baud: fc.integer({min: 50, max: 4_000_000}),
};
const settings = fc.record(given, {requiredKeys: []});
const change = fc.record(
  {
    enabled: fc.option(given.enabled),
    link: fc.option(given.link),
    mtu: fc.option(given.mtu),
    speedMbps: fc.option(given.speedMbps),
    baud: fc.option(given.baud),
  },
  {requiredKeys: []},
);

it('a change is taken back by what was before', () => {
  fc.assert(
    fc.property(settings, change, (before, wish) => {
      const after = withChange(before, wish);
      const back = changeBackTo(before, changedNames(wish));
      expect(withChange(after, back)).toEqual(before);
      expect(PortSettings.parse(after)).toEqual(after);
      expect(PortSettingsChange.parse(back)).toEqual(back);
    }),
  );
});

it('what was changed reads so, and twice is as once', () => {
  fc.assert(
    fc.property(settings, change, (before, wish) => {
      const after = withChange(before, wish);
      for (const name of changedNames(wish)) {
        expect(after[name] ?? null).toBe(wish[name]);
      }
      expect(withChange(after, wish)).toEqual(after);
    }),
  );
});

it('says each setting that changes in words', () => {
  fc.assert(
    fc.property(change, (wish) => {
      const words = settingsWords(wish);
      expect(words === '' ? 0 : words.split(', ').length).toBe(changedNames(wish).length);
    }),
  );
});
