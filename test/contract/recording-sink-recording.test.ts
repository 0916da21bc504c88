import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {readRecording} from '#drivers/recording/read-recording.ts';
import {createFileSink} from '#drivers/recording/recording-file.ts';
import {recordingSinkSuite} from './recording-sink.suite.ts';

recordingSinkSuite('recording', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cim-sink-'));
  const path = join(folder, 'plug.uevents');
  return {
    sink: createFileSink(path),
    read: () => readRecording(readFileSync(existsSync(path) ? path : `${path}.part`, 'utf8')),
    stop: () => rmSync(folder, {recursive: true}),
  };
});
