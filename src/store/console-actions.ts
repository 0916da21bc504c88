import type {Answer} from '#domain/command.ts';
import type {StoredMessage} from '#domain/message.ts';

/** A command as the console sends it. */
export interface Wish {
  readonly aggregate: string;
  readonly verb: string;
  /** Id or exact label. */
  readonly target: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Sequence of the picture the person saw. */
  readonly seen?: number;
}

/** What a line typed behind `:` gave. */
export interface CommandOutput {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

export interface QuitOptions {
  /** Whether the leaf goes on recording; null: it was not asked. */
  readonly keepRecording: boolean | null;
}

/** Everything the console can do outside itself. */
export interface ConsolePorts {
  /** @throws CimError `no-agent`, `time-is-up`, `nats-refused`, `nats-failed` */
  send(wish: Wish): Promise<Answer>;
  /** What stands at a sequence of the store; undefined: nothing. @throws CimError as `send` */
  readEvent(sequence: number): Promise<StoredMessage | undefined>;
  /** Runs a command line of the CLI, without its program name. Errors come as lines. */
  execute(commandLine: string): Promise<CommandOutput>;
  /** What the last word of the line may become, in order. */
  complete(commandLine: string): readonly string[];
  /**
   * Shows the leaf as of a moment, as people write it: a sequence, a time, `-15m`; null: as it is.
   * @throws CimError `bad-moment`, `no-event`, `before-first-event`, and as `send`
   */
  goTo(moment: string | null): Promise<void>;
  /** Ends the console; the screen is still there. */
  quit(options: QuitOptions): void;
  /** Stops the process until it is continued. The terminal has been handed back already. */
  suspend(): Promise<void>;
  /** Puts a text where it can be pasted, and tells where that is. */
  copy(text: string): Promise<string>;
  /**
   * Begins to record what the devices of this machine tell into a file; resolves with its path when
   * nothing is missed any more. @throws CimError `permission-denied`, `file-failed`
   */
  startRecording(): Promise<string>;
  /** Ends that and tells in one sentence what is in it. @throws CimError as `startRecording` */
  stopRecording(): Promise<string>;
  /** Milliseconds since 1970. */
  now(): number;
}
