import type {Log} from '#contracts/log.ts';

/** A log that keeps nothing. */
export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** A log that keeps its lines for a test to read. */
export function createKeptLog(): Log & {readonly lines: readonly string[]} {
  const lines: string[] = [];
  return {
    lines,
    info: (message) => void lines.push(`info ${message}`),
    warn: (message) => void lines.push(`warn ${message}`),
    error: (message, cause) =>
      void lines.push(
        `error ${message}: ${cause instanceof Error ? cause.message : String(cause)}`,
      ),
  };
}
