import {existsSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';

import {createProcessRunner} from '#drivers/process/process-runner.ts';

const {run, lines} = createProcessRunner();

test('a program runs to its end, in the locale C', async () => {
  const result = await run('sh', ['-c', 'echo "$LC_ALL"; echo oh >&2; exit 3'], {timeoutMs: 5000});
  expect(result).toEqual({exitCode: 3, stdout: 'C\n', stderr: 'oh\n'});
});

test('one that is not there is a failure with its name', async () => {
  await expect(run('no-such-program', [], {timeoutMs: 5000})).rejects.toMatchObject({
    code: 'process-failed',
    message: 'start no-such-program: not found',
  });
  await expect(lines('no-such-program', [], {onLine: () => {}})).rejects.toMatchObject({
    code: 'process-failed',
  });
});

test('one that takes too long is ended', async () => {
  await expect(run('sleep', ['60'], {timeoutMs: 50})).rejects.toMatchObject({code: 'time-is-up'});
});

test('one whose caller gave up is ended', async () => {
  const controller = new AbortController();
  const running = run('sleep', ['60'], {timeoutMs: 5000, signal: controller.signal});
  controller.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
});

test('a program is followed line by line, and ends when it is told to', async () => {
  const seen: string[] = [];
  const first = Promise.withResolvers<void>();
  const running = await lines('sh', ['-c', 'echo one; echo two; exec sleep 60'], {
    onLine(line) {
      seen.push(line);
      if (seen.length === 2) {
        first.resolve();
      }
    },
  });
  await first.promise;
  expect(seen).toEqual(['one', 'two']);
  expect(readFileSync(`/proc/${running.pid}/comm`, 'utf8')).toMatch(/^(?:sh|sleep)/);
  running.kill();
  expect(await running.ended).toBe('ended by SIGTERM');
  expect(existsSync(`/proc/${running.pid}/fd/0`)).toBe(false);
});
