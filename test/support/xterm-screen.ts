import xterm, {type Terminal} from '@xterm/headless';

/** A terminal emulator as the oracle of what is on screen. */
export interface XtermScreen {
  readonly terminal: Terminal;
  write(bytes: string | Uint8Array): void;
  /** Resolves when everything written so far is on screen. */
  settled(): Promise<void>;
  /** The lines on screen, without the spaces at their ends. */
  rows(): readonly string[];
  resize(columns: number, rows: number): void;
}

/** An empty screen. */
export function createXtermScreen(columns: number, rows: number): XtermScreen {
  // A tty in Node's raw mode still turns LF into CR LF.
  const terminal = new xterm.Terminal({
    cols: columns,
    rows,
    allowProposedApi: true,
    convertEol: true,
  });
  return {
    terminal,
    write: (bytes) => terminal.write(bytes),
    settled: () => new Promise((resolve) => terminal.write('', resolve)),
    rows() {
      const buffer = terminal.buffer.active;
      return Array.from(
        {length: terminal.rows},
        (_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '',
      );
    },
    resize: (width, height) => terminal.resize(width, height),
  };
}
