/** What the console needs of a terminal; the driver `terminal` is one. */
export interface ConsoleTerminal {
  /** Ink's stdin: gets only the keys that the key map passes on. */
  readonly inkInput: NodeJS.ReadableStream & {write(text: string): unknown};
  /** Ink's stdout; `resize` is emitted on it once the screens know the new size. */
  readonly inkOutput: NodeJS.WritableStream;
  size(): {readonly columns: number; readonly rows: number};
  onBytes(listener: (bytes: Uint8Array) => void): () => void;
  onResize(listener: () => void): () => void;
  enter(): void;
  restore(): void;
  clear(): void;
  reenter(): void;
}
