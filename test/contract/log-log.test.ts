import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach} from 'vitest';

import {createFileLog} from '#drivers/log/file-log.ts';
import {logSuite} from './log.suite.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, {recursive: true});
});

logSuite('log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cim-log-'));
  folders.push(folder);
  const path = join(folder, 'agent.log');
  return {
    log: createFileLog(path),
    lines: () => readFileSync(path, 'utf8').trimEnd().split('\n'),
  };
});
