import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {afterEach, beforeEach, describe, expect, it} from 'vitest';

import {createFileLog} from '#drivers/log/file-log.ts';

describe('the log file', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cim-log-'));
    path = join(folder, 'log', 'agent.log');
  });

  afterEach(() => rmSync(folder, {recursive: true, force: true}));

  it('is for its owner only', () => {
    createFileLog(path).info('begun');
    expect(readFileSync(path, 'utf8')).toMatch(/^\d{4}-\S+Z info {2}begun\n$/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is done without where its folder cannot be made', () => {
    writeFileSync(join(folder, 'log'), '');
    createFileLog(path).info('nobody hears this');
    rmSync(join(folder, 'log'));
    createFileLog(path).info('heard');
    expect(readFileSync(path, 'utf8')).toContain('heard');
  });

  it('never grows beyond its limit and one file put aside', () => {
    const log = createFileLog(path, {limitBytes: 1000});
    for (let line = 0; line < 200; line += 1) {
      log.info(`line ${line} ${'x'.repeat(60)}`);
    }
    expect(statSync(path).size).toBeLessThanOrEqual(1000);
    expect(statSync(`${path}.1`).size).toBeLessThanOrEqual(1000);
    expect(readFileSync(path, 'utf8')).toContain('line 199');
  });
});
