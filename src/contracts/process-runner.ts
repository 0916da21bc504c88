export interface RunOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface LineOptions {
  readonly onLine: (line: string) => void;
  readonly onError?: ((line: string) => void) | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** A running program whose lines are read as they come. */
export interface LineProcess {
  readonly pid: number;
  /** Resolves when it has ended, with words on how. */
  readonly ended: Promise<string>;
  kill(): void;
}

/** Other programs. Arguments are an array, there is no shell, the locale is C. */
export interface ProcessRunner {
  /** Runs to the end. @throws CimError `process-failed` (cannot start), `time-is-up` */
  run(file: string, args: readonly string[], options: RunOptions): Promise<RunResult>;
  /** Starts and reads lines. Ends with us, also when we are killed. @throws `process-failed` */
  lines(file: string, args: readonly string[], options: LineOptions): Promise<LineProcess>;
}
