import {join} from 'node:path';

import type {ConsolePorts} from '#store/console-actions.ts';

export interface ConsoleRecorderOptions {
  readonly folder: string;
  readonly sysRoot: string;
  readonly signal: AbortSignal;
}

/** `uevent record` of the machine that the console runs on, begun and ended by a key. */
export function createConsoleRecorder({
  folder,
  sysRoot,
  signal,
}: ConsoleRecorderOptions): Pick<ConsolePorts, 'startRecording' | 'stopRecording'> {
  let running: {readonly stop: AbortController; readonly done: Promise<string>} | undefined;
  return {
    async startRecording() {
      const {recordHere} = await import('./record-uevents.ts');
      const stamp = new Date().toISOString().slice(0, 19).replace(/:/g, '-');
      const path = join(folder, `${stamp}.uevents`);
      const stop = new AbortController();
      const begun = Promise.withResolvers<void>();
      const request = {path, isMasked: false, seconds: undefined, say: () => begun.resolve()};
      const done = recordHere(request, sysRoot, AbortSignal.any([signal, stop.signal])).then(
        ({records, seconds, drops}) => {
          const lost = drops === 0 ? '' : `, ${drops} lost before they were read`;
          return `${records} records in ${seconds} s${lost}: ${path}`;
        },
      );
      done.catch(() => undefined); // told to who stops it, or below
      await Promise.race([begun.promise, done]);
      running = {stop, done};
      return path;
    },
    async stopRecording() {
      const {stop, done} = running ?? {};
      running = undefined;
      stop?.abort();
      return (await done) ?? 'nothing is being recorded';
    },
  };
}
