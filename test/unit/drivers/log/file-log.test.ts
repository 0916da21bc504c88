import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {createUser} from '@nats-io/nkeys';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';

import {CimError} from '#domain/errors.ts';
import {createFileLog} from '#drivers/log/file-log.ts';

describe('the log file', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cim-log-'));
    path = join(folder, 'log', 'agent.log');
  });

  afterEach(() => rmSync(folder, {recursive: true, force: true}));

  it('keeps one line an entry, with the chain of causes, for its owner only', () => {
    const cause = new CimError('nats-failed', 'publish', {cause: new Error('broken pipe')});
    createFileLog(path).error('store a fact', cause);
    expect(readFileSync(path, 'utf8')).toMatch(
      /^\S+Z error store a fact: nats-failed: publish <- broken pipe\n$/,
    );
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

  it('holds no seed, no token, and no control character', () => {
    const seed = new TextDecoder().decode(createUser().getSeed());
    const token = `eyJ${'a'.repeat(30)}.eyJ${'b'.repeat(30)}.${'c'.repeat(40)}`;
    createFileLog(path).warn(`got ${seed} and ${token}\u001b[2J\nnew line`);
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain(seed);
    expect(text).not.toContain(token);
    expect(text).toContain('got (secret) and (secret)[2Jnew line\n');
  });
});
