import {afterEach, beforeEach, expect, test} from 'vitest';

import type {Recording, RecordingSink} from '#contracts/recording.ts';
import {bridgeOf, linkOf} from '#test/support/hardware.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

/** A place for one recording. */
export interface SinkHarness {
  readonly sink: RecordingSink;
  /** What somebody who comes now reads of it. */
  read(): Recording;
  stop(): void;
}

const HEADER = {kernel: '6.12.0', machine: null, startedAt: null, isMasked: false, hasUdev: true};
const BRIDGE = bridgeOf('br0', 7);
const TREE = {devices: [BRIDGE], links: [linkOf(7, 'br0', {kind: 'bridge'})]};
const STEPS = [
  {atMs: 12, notice: {kind: 'gone', ifindex: 7}, changed: [], gone: [BRIDGE.devpath]},
  {atMs: 900, notice: {kind: 'drops', count: 3}, changed: [], gone: []},
] as const;

/** What every place for recordings keeps. */
export function recordingSinkSuite(
  driver: DriverOf<'recording-sink'>,
  start: () => SinkHarness,
): void {
  describeContract({contract: 'recording-sink', driver}, () => {
    let harness: SinkHarness;
    beforeEach(() => {
      harness = start();
    });
    afterEach(() => harness.stop());

    test('gives a whole recording back as it came', () => {
      harness.sink.begin(HEADER, TREE);
      for (const step of STEPS) harness.sink.step(step);
      harness.sink.end(1000);
      expect(harness.read()).toMatchObject({header: HEADER, ...TREE, steps: STEPS, endMs: 1000});
    });

    test('holds each step when its call returns: one that is cut is whole up to there', () => {
      harness.sink.begin(HEADER, TREE);
      expect(harness.read()).toMatchObject({...TREE, steps: [], endMs: null});
      harness.sink.step(STEPS[0]);
      expect(harness.read()).toMatchObject({steps: [STEPS[0]], endMs: null});
    });
  });
}
