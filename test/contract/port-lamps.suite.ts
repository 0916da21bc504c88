import {afterEach, beforeEach, expect, test} from 'vitest';

import type {LampKind, PortLamps} from '#contracts/port-lamps.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

/** A machine with lamps. */
export interface LampsHarness {
  readonly lamps: PortLamps;
  /** What has a lamp of each kind, by node or interface. */
  readonly having: readonly {
    readonly kind: LampKind;
    readonly nodes: readonly string[];
    readonly interfaces: readonly string[];
    /** Whether it blinks or is lit by us now; undefined: that cannot be seen here. */
    isBlinking?(): boolean;
  }[];
  /** A node without any. */
  readonly dark: string;
  stop(): Promise<void>;
}

const LONG_MS = 60_000;
const SHORT_MS = 50;

/** What all lamps keep. */
export function portLampsSuite(
  driver: DriverOf<'port-lamps'>,
  start: () => Promise<LampsHarness>,
): void {
  describeContract({contract: 'port-lamps', driver}, () => {
    let harness: LampsHarness;
    beforeEach(async () => {
      harness = await start();
    });
    afterEach(() => harness.stop());

    test('what has no lamp is told at once, and nothing begins', async () => {
      let hasBegun = false;
      const question = {nodes: [harness.dark], interfaces: []};
      const kind = await harness.lamps.blink(question, {
        durationMs: LONG_MS,
        signal: new AbortController().signal,
        onBegun: () => {
          hasBegun = true;
        },
      });
      expect([kind, hasBegun]).toEqual([null, false]);
    });

    test('each blinks until it is told to end', async () => {
      for (const {kind, nodes, interfaces, isBlinking} of harness.having) {
        const cancel = new AbortController();
        const begun = Promise.withResolvers<LampKind>();
        const blinking = harness.lamps.blink(
          {nodes, interfaces},
          {durationMs: LONG_MS, signal: cancel.signal, onBegun: begun.resolve},
        );
        expect(await begun.promise).toBe(kind);
        cancel.abort();
        expect(await blinking).toBe(kind);
        expect(isBlinking?.() ?? false).toBe(false);
      }
    });

    test('each ends by itself', async () => {
      for (const {kind, nodes, interfaces} of harness.having) {
        const signal = new AbortController().signal;
        const options = {durationMs: SHORT_MS, signal, onBegun: () => undefined};
        expect(await harness.lamps.blink({nodes, interfaces}, options)).toBe(kind);
      }
    });
  });
}
