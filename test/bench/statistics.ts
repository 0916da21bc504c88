/** The smallest of the numbers that so large a share of them does not exceed; NaN of none. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle; between the two in the middle of an even count. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** What the table says of a series. */
export const spreadOf = (numbers: readonly number[]) => ({
  p50: percentile(numbers, 0.5),
  p95: percentile(numbers, 0.95),
  max: percentile(numbers, 1),
});

/** Bytes and bursts of an output: a pause of 5 ms and more begins a new frame. */
export interface FrameCount {
  add(bytes: number, atMs: number): void;
  counted(): {readonly frames: number; readonly bytes: number};
}

const QUIET_MS = 5;

export function createFrameCount(): FrameCount {
  let frames = 0;
  let bytes = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    add(count, atMs) {
      if (atMs - lastMs >= QUIET_MS) {
        frames += 1;
      }
      lastMs = atMs;
      bytes += count;
    },
    counted: () => ({frames, bytes}),
  };
}
