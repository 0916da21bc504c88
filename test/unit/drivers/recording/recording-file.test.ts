import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';

import {isCimError} from '#domain/errors.ts';
import {readRecording} from '#drivers/recording/read-recording.ts';
import {createFileSink} from '#drivers/recording/recording-file.ts';
import {bridgeOf} from '#test/support/hardware.ts';

const HEADER = {kernel: null, machine: null, startedAt: null, isMasked: false, hasUdev: false};
const TREE = {devices: [bridgeOf('br0', 3)], links: []};
const STEP = {atMs: 5, notice: {kind: 'drops', count: 1}, changed: [], gone: []} as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cim-record-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

function codeOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    return isCimError(error) ? error.code : String(error);
  }
  return 'none';
}

describe('a recording in a file', () => {
  it('is a part that can be read until it is whole', () => {
    const path = join(folder, 'a.uevents');
    const sink = createFileSink(path);
    sink.begin(HEADER, TREE);
    sink.step(STEP);
    expect(existsSync(path)).toBe(false);
    const part = readRecording(readFileSync(`${path}.part`, 'utf8'));
    expect(part).toMatchObject({endMs: null, devices: TREE.devices, steps: [STEP]});
    sink.end(9);
    expect(existsSync(`${path}.part`)).toBe(false);
    expect(readRecording(readFileSync(path, 'utf8')).endMs).toBe(9);
  });

  it.each(['', '.part'])('never takes the place of another (%j)', (ending) => {
    const path = join(folder, 'a.uevents');
    writeFileSync(`${path}${ending}`, 'precious');
    expect(codeOf(() => createFileSink(path).begin(HEADER, TREE))).toBe('file-exists');
    expect(readFileSync(`${path}${ending}`, 'utf8')).toBe('precious');
  });

  it('nor of one that came meanwhile: what was recorded stays a part', () => {
    const path = join(folder, 'a.uevents');
    const sink = createFileSink(path);
    sink.begin(HEADER, TREE);
    writeFileSync(path, 'precious');
    expect(codeOf(() => sink.end(9))).toBe('file-exists');
    expect(readFileSync(path, 'utf8')).toBe('precious');
    expect(readRecording(readFileSync(`${path}.part`, 'utf8')).endMs).toBe(9);
  });

  it('says so at once when the file takes a part only', () => {
    const program = `
      import {createFileSink} from '#drivers/recording/recording-file.ts';
      const machine = 'x'.repeat(10_000);
      createFileSink(process.argv[1]).begin({...${JSON.stringify(HEADER)}, machine}, {devices: [], links: []});`;
    const args = ['--input-type=module', '-e', program, join(folder, 'a')];
    const {status, stderr} = spawnSync('prlimit', ['--fsize=4096', process.execPath, ...args], {
      encoding: 'utf8',
    });
    expect(stderr).toContain('EFBIG');
    expect(stderr).toContain('file-failed');
    expect(status).toBe(1);
  });

  it('says which path cannot be used', () => {
    const sink = createFileSink(join(folder, 'no', 'a'));
    expect(codeOf(() => sink.begin(HEADER, TREE))).toBe('file-failed');
  });
});
