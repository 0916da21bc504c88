import {createUser} from '@nats-io/nkeys';
import {beforeEach, expect, test} from 'vitest';

import type {Log} from '#contracts/log.ts';
import {CimError} from '#domain/errors.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

export interface LogHarness {
  readonly log: Log;
  /** What it holds, line by line. */
  lines(): readonly string[];
}

/** What every log keeps. */
export function logSuite(driver: DriverOf<'log'>, start: () => LogHarness): void {
  describeContract({contract: 'log', driver}, () => {
    let log: Log;
    let lines: LogHarness['lines'];
    beforeEach(() => {
      ({log, lines} = start());
    });

    test('keeps one line an entry, in order, with how grave it is', () => {
      log.info('one');
      log.warn('two');
      log.error('three');
      expect(lines()).toEqual([
        expect.stringMatching(/\binfo\b.* one$/),
        expect.stringMatching(/\bwarn\b.* two$/),
        expect.stringMatching(/\berror\b.* three$/),
      ]);
    });

    test('writes the whole chain of causes on that line', () => {
      const cause = new CimError('nats-failed', 'publish', {cause: new Error('broken\npipe')});
      log.error('store a fact', cause);
      log.error('store another', 'no error at all');
      const [chain, odd] = lines();
      expect(chain).toMatch(/store a fact: nats-failed: publish <- broken\s*pipe$/);
      expect(odd).toMatch(/store another: no error at all$/);
      expect(lines()).toHaveLength(2);
    });

    test('holds no seed, no token, and no control character', () => {
      const seed = new TextDecoder().decode(createUser().getSeed());
      const token = `eyJ${'a'.repeat(30)}.eyJ${'b'.repeat(30)}.${'c'.repeat(40)}`;
      log.warn(`got ${seed} and ${token}\u001b[2J\nnew line`);
      log.error('connect', new Error(`bad seed ${seed}`));
      const text = lines().join('\n');
      expect(text).not.toContain(seed);
      expect(text).not.toContain(token);
      expect(lines()).toHaveLength(2);
      expect(lines()[0]).toMatch(/got \(secret\) and \(secret\)\[2J\s*new line$/);
    });
  });
}
