import {describe, expect, it} from 'vitest';

import {type CliWorld, EXIT, type RecordRequest, type ReplayRequest} from '#cli/verb.ts';
import {CimError} from '#domain/errors.ts';
import {runWords} from '#test/support/run-words.ts';

function worldOf() {
  const said: string[] = [];
  const asked: (RecordRequest | ReplayRequest)[] = [];
  const world: CliWorld = {
    out: (line) => void said.push(`out ${line}`),
    err: (line) => void said.push(`err ${line}`),
    ask: undefined,
    connect: () => Promise.reject(new CimError('no-agent', 'nobody')),
    serve: () => Promise.resolve(EXIT.done),
    record(_, request) {
      asked.push(request);
      const {path: file, isMasked: masked} = request;
      return Promise.resolve({file, records: 12, drops: 3, seconds: 4.5, masked});
    },
    replay(_, request) {
      asked.push(request);
      request.onCut(7.25);
      return Promise.resolve(EXIT.done);
    },
    programs: () => Promise.reject(new CimError('permission-denied', 'none')),
    readText: () => Promise.reject(new CimError('file-failed', 'none')),
    async *checks() {},
    messageId: () => 'an id',
    now: () => 0,
    version: '1',
    signal: new AbortController().signal,
  };
  return {
    said,
    asked,
    run: (...argv: readonly string[]) => runWords(argv, world),
  };
}

describe('uevent record', () => {
  it('hands on path, mask and time, and says what came of it', async () => {
    const {run, said, asked} = worldOf();
    expect(await run('uevent', 'record', 'a', '--mask', '--for', '60')).toBe(EXIT.done);
    expect(asked).toMatchObject([{path: 'a', isMasked: true, seconds: 60}]);
    expect(said).toEqual(['err recorded 12 records in 4.5 s: a, 3 lost before they were read']);
  });

  it('has its sum as JSON', async () => {
    const {run, said} = worldOf();
    await run('uevent', 'record', 'a', '--json');
    expect(said[0]).toBe('out {"file":"a","records":12,"drops":3,"seconds":4.5,"masked":false}');
  });

  it.each([
    [['--for', '0'], '--for takes seconds up to 604800, not "0"'],
    [['--for', 'soon'], '--for takes seconds up to 604800, not "soon"'],
  ])('refuses %j', async (words, sentence) => {
    const {run, said, asked} = worldOf();
    expect(await run('uevent', 'record', 'a', ...words)).toBe(EXIT.usage);
    expect(said).toEqual([`err cim-tui: ${sentence}`]);
    expect(asked).toEqual([]);
  });

  it('mixes no JSON into a recording on stdout', async () => {
    const {run, asked} = worldOf();
    expect(await run('uevent', 'record', '-', '--json')).toBe(EXIT.usage);
    expect(asked).toEqual([]);
  });
});

describe('uevent replay', () => {
  it('hands on path and speed, and says that a recording was cut', async () => {
    const {run, said, asked} = worldOf();
    expect(await run('uevent', 'replay', 'a', '--speed', '2.5')).toBe(EXIT.done);
    await run('uevent', 'replay', 'a', '--speed', 'max');
    await run('uevent', 'replay', 'a');
    expect(asked).toMatchObject([{speed: 2.5}, {speed: 'max'}, {speed: undefined}]);
    expect(said[0]).toBe('err this recording was cut: it is played up to 7.25 s');
  });

  it.each(['0', '101', 'fast'])('refuses the speed %s', async (speed) => {
    const {run, said} = worldOf();
    expect(await run('uevent', 'replay', 'a', '--speed', speed)).toBe(EXIT.usage);
    expect(said[0]).toContain(`from 1 to 100, or max, not "${speed}"`);
  });
});
