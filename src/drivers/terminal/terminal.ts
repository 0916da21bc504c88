import {PassThrough, Writable} from 'node:stream';

/** The terminal's keyboard side: a tty, or anything that gives bytes. */
export interface TerminalInput {
  on(event: 'data', listener: (chunk: Uint8Array | string) => void): unknown;
  off(event: 'data', listener: (chunk: Uint8Array | string) => void): unknown;
  setRawMode?(isRaw: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** The terminal's screen side. A size of 0 or nothing counts as 80×24. */
export interface TerminalOutput {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** A terminal: its bytes, its size, how it is taken and handed back, and what Ink gets instead. */
export interface Terminal {
  /** Ink's stdin: gets only the keys that the key map passes on. */
  readonly inkInput: PassThrough;
  /** Ink's stdout: one write for each frame, and a size that is never 0. */
  readonly inkOutput: Writable;
  size(): TerminalSize;
  /** Calls with the bytes of the keyboard until the returned function is called. */
  onBytes(listener: (bytes: Uint8Array) => void): () => void;
  onResize(listener: () => void): () => void;
  /** Raw mode, bracketed paste. */
  enter(): void;
  /** Everything as it was: primary screen, cursor, line mode. Safe to call at any end, twice. */
  restore(): void;
  clear(): void;
  /** Takes the screen again after `restore`. */
  reenter(): void;
}

const ESC = '\u001b[';
const CLEAR = `${ESC}2J${ESC}H`;
const ERASE = `${ESC}H${ESC}J`;
const ENTER_SCREEN = `${ESC}?1049h`;
const LEAVE_SCREEN = `${ESC}?1049l`;
const HIDE_CURSOR = `${ESC}?25l`;
const SHOW_CURSOR = `${ESC}?25h`;
const PASTE_ON = `${ESC}?2004h`;
const PASTE_OFF = `${ESC}?2004l`;

const FALLBACK: TerminalSize = {columns: 80, rows: 24};

/** A terminal in front of stdin and stdout; nothing is written before `enter`. */
export function createTerminal(stdin: TerminalInput, stdout: TerminalOutput): Terminal {
  const size = (): TerminalSize => {
    const {columns = 0, rows = 0} = stdout;
    return columns > 0 && rows > 0 ? {columns, rows} : FALLBACK;
  };
  const frames = createFrames(stdout);
  let isEntered = false;
  const take = (): void => {
    isEntered = true;
    setBlocking(stdout, false);
    stdin.setRawMode?.(true);
    stdin.resume();
  };
  return {
    inkInput: createInkInput(),
    inkOutput: createInkOutput(frames.write, size),
    size,
    onBytes(listener) {
      const onData = (chunk: Uint8Array | string): void =>
        listener(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
      stdin.on('data', onData);
      return () => stdin.off('data', onData);
    },
    onResize(listener) {
      stdout.on('resize', listener);
      return () => stdout.off('resize', listener);
    },
    enter() {
      take();
      frames.write(PASTE_ON);
    },
    restore() {
      if (isEntered) {
        isEntered = false;
        frames.flush();
        // The last bytes must be out before the process ends.
        setBlocking(stdout, true);
        // Where there is no second screen (older Linux consoles), this one is left empty.
        stdout.write(`${PASTE_OFF}${ESC}0m${ERASE}${LEAVE_SCREEN}${SHOW_CURSOR}`);
        stdin.setRawMode?.(false);
        stdin.pause();
      }
    },
    clear: () => frames.write(CLEAR),
    reenter() {
      take();
      frames.write(`${ENTER_SCREEN}${HIDE_CURSOR}${PASTE_ON}${CLEAR}`);
    },
  };
}

/** Collects what is written in one turn: a frame is one write, not three. */
function createFrames(stdout: TerminalOutput): {write(text: string): void; flush(): void} {
  let waiting = '';
  const flush = (): void => {
    const text = waiting;
    waiting = '';
    if (text !== '') {
      stdout.write(text);
    }
  };
  return {
    write(text) {
      if (waiting === '') {
        queueMicrotask(flush);
      }
      waiting += text;
    },
    flush,
  };
}

function createInkInput(): PassThrough {
  // Ink asks for raw mode of whatever it reads; the real one is set above.
  return Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
  });
}

function createInkOutput(write: (text: string) => void, size: () => TerminalSize): Writable {
  const output = new Writable({
    decodeStrings: false,
    write(chunk: unknown, _encoding, done) {
      const text = String(chunk);
      // What is erased at the end must not be the screen of whoever was here before: `restore`
      // leaves ours, nobody else.
      if (text !== LEAVE_SCREEN) {
        // The cursor stays where it was when the screen changes: start at its top.
        write(text === ENTER_SCREEN ? `${text}${CLEAR}` : text);
      }
      done();
    },
  });
  Object.defineProperties(output, {
    isTTY: {value: true},
    columns: {get: () => size().columns},
    rows: {get: () => size().rows},
  });
  return output;
}

/**
 * A tty is written to synchronously, and a reader that stands still would stop the whole process,
 * its answers to the server's pings included. Node has no public way to say so.
 */
function setBlocking(stdout: object, isBlocking: boolean): void {
  const handle: unknown = '_handle' in stdout ? stdout._handle : null;
  if (typeof handle === 'object' && handle !== null && 'setBlocking' in handle) {
    const {setBlocking: set} = handle;
    if (typeof set === 'function') {
      set.call(handle, isBlocking);
    }
  }
}
