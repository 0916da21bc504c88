import {expect, test} from 'vitest';
import {isAtLeast, parseVersion, printVersion} from '#bin/setup/versions.mjs';

test.each([
  ['nats-server: v2.15.1', [2, 15, 1]],
  ['v24.21.0\n', [24, 21, 0]],
  ['2.36', [2, 36, 0]],
  ['nats-server: v2.12.0-RC.3', [2, 12, 0]],
] as const)('reads the version in %j', (text, version) => {
  expect(parseVersion(text)).toEqual(version);
});

test('reads no version where there is none', () => {
  expect(parseVersion('not found')).toBeUndefined();
  expect(parseVersion('')).toBeUndefined();
});

test('compares numbers, not text', () => {
  expect(isAtLeast([2, 9, 10], [2, 12, 0])).toBe(false);
  expect(isAtLeast([2, 12, 0], [2, 12, 0])).toBe(true);
  expect(isAtLeast([2, 12, 1], [2, 12, 0])).toBe(true);
  expect(isAtLeast([3, 0, 0], [2, 12, 5])).toBe(true);
});

test('prints three parts', () => {
  expect(printVersion([2, 12, 0])).toBe('2.12.0');
});
