import {z} from 'zod';

import type {KernelDevice, LinkFact} from '#domain/kernel-device.ts';
import type {LinkChange, MonitorNotice} from './device-monitor.ts';

/** Where and when a recording was made. null: it does not say. */
export const RecordingHeader = z.object({
  kernel: z.string().nullable().describe('release, e.g. "6.12.48-amd64"'),
  machine: z.string().nullable().describe('maker and model'),
  startedAt: z.iso.datetime().nullable(),
  isMasked: z.boolean().describe('serials, addresses and names were replaced'),
  hasUdev: z.boolean().describe("udev's records are in it beside the kernel's"),
});
export type RecordingHeader = z.infer<typeof RecordingHeader>;

/** Everything a machine showed when the recording began. */
export interface RecordedTree {
  readonly devices: readonly KernelDevice[];
  readonly links: readonly LinkFact[];
}

/** One thing that was told, with what sysfs and the udev database showed otherwise from then on. */
export interface RecordingStep {
  /** Whole milliseconds since the recording began. */
  readonly atMs: number;
  readonly notice: MonitorNotice | LinkChange;
  /** Kernel devices that are new or read otherwise. */
  readonly changed: readonly KernelDevice[];
  /** Devpaths that went, each with all below it. */
  readonly gone: readonly string[];
}

/** A machine's devices over a time. */
export interface Recording extends RecordedTree {
  readonly header: RecordingHeader;
  readonly steps: readonly RecordingStep[];
  /** How long it is; null: it was cut, and what is there is whole. */
  readonly endMs: number | null;
}

/** Where a recording goes while it is made: each part is kept before the call returns. */
export interface RecordingSink {
  /** @throws CimError `file-failed`, as the others do */
  begin(header: RecordingHeader, tree: RecordedTree): void;
  step(step: RecordingStep): void;
  end(endMs: number): void;
}
