/** One line of the log: what was being done, on what, what was seen. Never a secret. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  /** The whole chain of causes is written. */
  error(message: string, cause?: unknown): void;
}
