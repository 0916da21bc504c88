import {until} from '#test/support/until.ts';
import type {Channel} from './channel.ts';

/** A line that a program in the guest printed, and when it came here (monotonic milliseconds). */
export interface TimedLine {
  readonly text: string;
  readonly at: number;
}

/** The lines of a program that goes on in the guest. */
export interface LineStream {
  /** Those that have come so far. */
  readonly lines: readonly TimedLine[];
  /** The first that fits among those from a place on; waits for it. */
  find(fits: (text: string) => boolean, options?: FindOptions): Promise<TimedLine>;
}

export interface FindOptions {
  /** Index of the first line that counts, 0 unless told. */
  readonly from?: number;
  readonly limitMs?: number;
}

const LIMIT_MS = 90_000;

/** Follows a program: a new one by its script, or one that ran on the channel when it was kept. */
export function followLines(channel: Channel, script?: string): LineStream {
  const lines: TimedLine[] = [];
  let rest = '';
  const onText = (text: string): void => {
    const at = performance.now();
    const whole = `${rest}${text}`.split('\n');
    rest = whole.pop() ?? '';
    for (const line of whole) lines.push({text: line.trimEnd(), at});
  };
  const end =
    script === undefined ? channel.resume(onText) : channel.begin('stream', script, onText);
  end.catch(() => {}); // the guest was stopped: nobody waits for a line any more
  return {
    lines,
    async find(fits, {from = 0, limitMs = LIMIT_MS} = {}) {
      const found = () => lines.slice(from).find(({text}) => fits(text));
      const line = await until(found, (candidate) => candidate !== undefined, limitMs).catch(() => {
        const told = lines.slice(from).map(({text}) => text);
        throw new Error(`no such line within ${limitMs} ms; there were:\n${told.join('\n')}`);
      });
      if (line === undefined) throw new TypeError('find: no line');
      return line;
    },
  };
}
