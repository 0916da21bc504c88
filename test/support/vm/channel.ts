import {connect} from 'node:net';
import {StringDecoder} from 'node:string_decoder';

import type {Ended} from '#test/support/stage.ts';
import {createAnswerReader} from './answer-reader.ts';

export type OnText = (text: string) => void;

/** A console of the guest, as guest/cim-channel serves it. One thing runs on it at a time. */
export interface Channel {
  /** Resolves when a guest that boots has opened its end. */
  isReady(): Promise<void>;
  /** Sets clock and random pool of a guest that is a copy. @throws an Error when it cannot */
  wake(time: Date, seed: string): Promise<void>;
  /** Runs a shell script in the guest to its end. */
  run(script: string): Promise<Ended>;
  /** Starts a script whose output comes as it is printed; resolves when it has ended. */
  begin(mode: 'stream' | 'screen', script: string, onText: OnText): Promise<void>;
  /** The same for what was begun before the guest was kept: only its end is awaited. */
  resume(onText: OnText): Promise<void>;
  /** Keys for a screen. */
  press(keys: string): void;
  close(): void;
}

const encode = (script: string): string => Buffer.from(script).toString('base64');
const decode = (text = ''): string => Buffer.from(text, 'base64').toString();

const BOOT_LIMIT_MS = 180_000;
const RUN_LIMIT_MS = 300_000;

/** Opens a channel on QEMU's socket. */
export function openChannel(path: string): Channel {
  const socket = connect(path);
  const decoder = new StringDecoder('utf8');
  let onText: OnText = () => {};
  let waiting = Promise.withResolvers<string>();
  const reader = createAnswerReader({
    text: (text) => onText(text),
    answer: (line) => waiting.resolve(line),
  });
  const fail = (error: Error): void => waiting.reject(error);
  socket.on('data', (bytes) => reader.take(decoder.write(bytes)));
  socket.on('error', fail);
  socket.on('close', () => fail(new Error(`the guest is gone: ${path}`)));
  waiting.promise.catch(() => {});
  const ask = (words: string): Promise<string> => {
    waiting = Promise.withResolvers();
    socket.write(words);
    return waiting.promise;
  };
  return {
    async isReady() {
      await within(waiting.promise, BOOT_LIMIT_MS, path);
    },
    async wake(time, seed) {
      const words = `wake ${time.getTime() / 1000} ${seed}\n`;
      const code = await within(ask(words), RUN_LIMIT_MS, 'wake');
      if (code !== '0') throw new Error(`wake a guest: exit ${code}`);
    },
    async run(script) {
      const answer = within(ask(`run ${encode(script)}\n`), RUN_LIMIT_MS, script);
      const [code, stdout, stderr] = (await answer).split(' ');
      return {code: Number(code), stdout: decode(stdout), stderr: decode(stderr)};
    },
    async begin(mode, script, listener) {
      onText = listener;
      await ask(`${mode} ${encode(script)}\n`);
    },
    async resume(listener) {
      onText = listener;
      await ask('');
    },
    press: (keys) => void socket.write(keys),
    close: () => socket.destroy(),
  };
}

/** A guest that hangs says nothing for ever. */
function within(answer: Promise<string>, limitMs: number, what: string): Promise<string> {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(
    () => late.reject(new Error(`the guest has not answered for ${limitMs} ms: ${what}`)),
    limitMs,
  );
  return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
}
