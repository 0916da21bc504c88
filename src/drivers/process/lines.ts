const NEWLINE = 0x0a;
const strict = new TextDecoder('utf-8', {fatal: true});

/** Cuts a stream of bytes into lines of text; what is no UTF-8 comes as `\xNN`. */
export function createLineReader(onLine: (line: string) => void): {
  write(chunk: Uint8Array): void;
  end(): void;
} {
  let rest = new Uint8Array(0);
  return {
    write(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
        onLine(textOf(joined(rest, chunk.subarray(from, at))));
        rest = new Uint8Array(0);
        from = at + 1;
      }
      rest = Uint8Array.from(joined(rest, chunk.subarray(from)));
    },
    end() {
      if (rest.length > 0) {
        onLine(textOf(rest));
      }
    },
  };
}

/** Bytes as text; each byte that is no part of UTF-8 as `\xNN`. */
export function textOf(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return escapedText(bytes); // outside text may hold anything; nothing of it is dropped
  }
}

const escapedText = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase()}`,
  ).join('');

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) {
    return second;
  }
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
