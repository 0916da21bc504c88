import {chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {homedir, tmpdir} from 'node:os';
import {join} from 'node:path';

import {afterEach, beforeEach, describe, expect, it} from 'vitest';

import {permittedAccounts} from '#drivers/home/accounts.ts';
import {consoleFilePath, readConsoleFile, rememberVisit} from '#drivers/home/console-file.ts';
import {lockHome, takeHome} from '#drivers/home/home-lock.ts';
import {provideLeafFile, tokenOfServiceTag} from '#drivers/home/leaf-file.ts';
import {findPlaces, stateFolder} from '#drivers/home/places.ts';
import {processStart} from '#drivers/home/process-start.ts';
import {createRuntimeFiles} from '#drivers/home/runtime-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cim-home-'));
});

afterEach(() => rmSync(folder, {recursive: true, force: true}));

describe('the leaf id', () => {
  it.each([
    ['7FQ2K13', '7fq2k13'],
    ['S/N 12.34', 's-n-12-34'],
    ['abc\u0000', 'abc'],
    [null, null],
    ['', null],
    ['0', null],
    ['0000000', null],
    ['None', null],
    ['Default string', null],
    ['To Be Filled By O.E.M.', null],
    ['Not Specified', null],
    ['x'.repeat(33), null],
  ])('of service tag %j is %j', (tag, token) => {
    expect(tokenOfServiceTag(tag)).toBe(token);
  });

  it('is fixed at the first start, whatever is wanted later', () => {
    const first = provideLeafFile(folder, 'one');
    expect(provideLeafFile(folder, 'two')).toEqual(first);
    expect(first.leafId).toBe('one');
    expect(statSync(join(folder, 'leaf.json')).mode & 0o777).toBe(0o600);
  });

  it('is not made anew over a file that cannot be read', () => {
    writeFileSync(join(folder, 'leaf.json'), '{');
    expect(() => provideLeafFile(folder, undefined)).toThrow('not a leaf file');
    expect(readFileSync(join(folder, 'leaf.json'), 'utf8')).toBe('{');
  });
});

describe('the lock of a home', () => {
  it('is held once, and free again when given back', () => {
    const unlock = lockHome(folder);
    expect(unlock).toBeDefined();
    expect(lockHome(folder)).toBeUndefined();
    unlock?.();
    const again = lockHome(folder);
    expect(again).toBeDefined();
    again?.();
  });

  const standing = (signal: AbortSignal, mayStandBy = true) => {
    const told = Promise.withResolvers<void>();
    const taken = takeHome(folder, {mayStandBy, onStandby: told.resolve, signal});
    return {told: told.promise, taken};
  };

  it('goes to the one that stands by when it is given back', async () => {
    const unlock = lockHome(folder);
    const standby = standing(new AbortController().signal);
    await standby.told;
    unlock?.();
    const unlockAgain = await standby.taken;
    expect(lockHome(folder)).toBeUndefined();
    unlockAgain();
  });

  it('keeps nobody who stands by from stopping', async () => {
    const unlock = lockHome(folder);
    const stop = new AbortController();
    const standby = standing(stop.signal);
    await standby.told;
    stop.abort();
    await expect(standby.taken).rejects.toThrow('abort');
    unlock?.();
    lockHome(folder)?.();
  });

  it('is an error at once for whoever may not stand by', async () => {
    const unlock = lockHome(folder);
    const {taken} = standing(new AbortController().signal, false);
    await expect(taken).rejects.toMatchObject({code: 'home-in-use'});
    unlock?.();
  });

  it('is not said to be held where flock(1) itself failed', () => {
    const {PATH} = process.env;
    writeFileSync(join(folder, 'flock'), '#!/bin/sh\nexit 64\n', {mode: 0o755});
    process.env.PATH = folder;
    try {
      expect(() => lockHome(folder)).toThrow('exited 64');
    } finally {
      process.env.PATH = PATH;
    }
  });
});

describe('where a leaf keeps its things', () => {
  it('does not depend on where one stands', () => {
    expect(findPlaces('near', {})).toMatchObject({
      isAsked: true,
      home: join(process.cwd(), 'near'),
    });
    expect(consoleFilePath('near', {})).toBe(join(process.cwd(), 'near', 'console.json'));
  });

  it.each([undefined, '', 'relative'])(
    'is below the own home where XDG_STATE_HOME is %j',
    (state) => {
      const env = {XDG_STATE_HOME: state};
      const folder = join(homedir(), '.local', 'state', 'cim');
      expect(stateFolder(env)).toBe(folder);
      expect(consoleFilePath('', env)).toBe(join(folder, 'console.json'));
    },
  );

  it.skipIf(process.getuid?.() === 0)('is not below the runtime folder of another user', () => {
    const of = (path: string) => findPlaces(undefined, {XDG_RUNTIME_DIR: path});
    expect(of(folder).runtime).toBe(join(folder, 'cim'));
    for (const foreign of ['/', join(folder, 'none'), '']) {
      expect(of(foreign).runtime).toBe(join(stateFolder({}), 'run'));
    }
  });
});

describe('the runtime file', () => {
  const fileOf = (pid: number, startTime: string) => ({
    leafId: 'l',
    url: 'nats://127.0.0.1:4222',
    pid,
    startTime,
    version: '0',
    home: folder,
    credsDir: join(folder, 'creds'),
  });

  const filesAt = () => {
    const places = findPlaces(folder, {});
    return {
      runtime: createRuntimeFiles(places, {actor: 'anna'}),
      path: join(places.runtime, 'leaf.json'),
    };
  };

  it('is removed when its process is another one by now', async () => {
    const {runtime, path} = filesAt();
    await runtime.announce(fileOf(process.pid, '1'));
    expect(await runtime.find()).toBeUndefined();
    expect(() => statSync(path)).toThrow('ENOENT');
  });

  it('counts as none when it is broken', async () => {
    const {runtime, path} = filesAt();
    await runtime.announce(fileOf(process.pid, '1'));
    writeFileSync(path, 'half');
    expect(await runtime.find()).toBeUndefined();
  });
});

describe('the start of a process', () => {
  it('tells one that lives from one that does not', () => {
    expect(processStart(process.pid)).toMatch(/^\d+$/);
    expect(processStart(2 ** 22 + 1)).toBeNull();
  });
});

describe('who may use a leaf', () => {
  const files: Readonly<Record<string, string>> = {
    '/etc/group': 'root:x:0:\ncim:x:990:anna,ghost\n',
    '/etc/passwd':
      'root:x:0:0::/root:/bin/sh\nanna:x:1000:1000::/:/bin/sh\nben:x:1001:990::/:/bin/sh\ncarl:x:1002:1002::/:/bin/sh\n',
  };
  const read = (path: string): string => files[path] ?? '';

  it.skipIf(process.getuid?.() !== 0)(
    'is root and the members of cim, for root (needs root)',
    () => {
      expect(permittedAccounts(read).map(({name}) => name)).toEqual(['root', 'anna', 'ben']);
      expect(permittedAccounts(() => '').map(({name}) => name)).toEqual(['root']);
    },
  );

  it.skipIf(process.getuid?.() === 0)('is oneself, for an ordinary user', () => {
    expect(permittedAccounts(read)).toHaveLength(1);
  });
});

describe('what a console remembers', () => {
  it('is kept for each leaf', () => {
    const path = join(folder, 'deep', 'console.json');
    rememberVisit(path, readConsoleFile(path), {leafId: 'a', sequence: 7});
    rememberVisit(
      path,
      {...readConsoleFile(path), keepRecording: true},
      {leafId: 'b', sequence: 9},
    );
    expect(readConsoleFile(path)).toMatchObject({
      visits: {a: {sequence: 7}, b: {sequence: 9}},
      keepRecording: true,
    });
  });

  it('is nothing where it cannot be read, and no error where it cannot be written', () => {
    const path = join(folder, 'console.json');
    writeFileSync(path, '[');
    expect(readConsoleFile(path)).toEqual({visits: {}, keepRecording: null});
    chmodSync(path, 0o400);
    rememberVisit(join(path, 'below-a-file.json'), readConsoleFile(path), {
      leafId: 'a',
      sequence: 1,
    });
  });
});
