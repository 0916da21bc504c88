import {existsSync, readFileSync} from 'node:fs';
import {beforeEach, expect, test} from 'vitest';

import type {LineOptions, ProcessRunner} from '#contracts/process-runner.ts';
import {findProgram} from '#drivers/process/find-program.ts';
import {isRunning} from '#test/support/is-running.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';
import {until} from '#test/support/until.ts';

export interface RunnerHarness {
  readonly runner: ProcessRunner;
  /** Another process of ours, which follows `sleep 600`. */
  startFollower(): Promise<{kill(): void; readonly followedPid: number}>;
}

const LIMIT = {timeoutMs: 5000};

/** What every runner of programs keeps. */
export function processRunnerSuite(
  driver: DriverOf<'process-runner'>,
  start: () => RunnerHarness,
): void {
  describeContract({contract: 'process-runner', driver}, () => {
    let harness: RunnerHarness;
    let run: ProcessRunner['run'];
    beforeEach(() => {
      harness = start();
      ({run} = harness.runner);
    });

    /** Follows a shell script; gives its lines once it has ended. */
    const follow = async (script: string, options: Partial<LineOptions> = {}) => {
      const seen: string[] = [];
      const onLine = (line: string) => void seen.push(line);
      const running = await harness.runner.lines('sh', ['-c', script], {onLine, ...options});
      return {seen, how: await running.ended};
    };

    test('runs a program to its end, in the locale C', async () => {
      const result = await run('sh', ['-c', 'echo "$LC_ALL"; echo oh >&2; exit 3'], LIMIT);
      expect(result).toEqual({exitCode: 3, stdout: 'C\n', stderr: 'oh\n'});
    });

    test('hands arguments on as they are, without a shell, and adds to the environment', async () => {
      const odd = '$HOME `id` "x" \\n *';
      expect((await run('printf', ['%s', odd], LIMIT)).stdout).toBe(odd);
      const env = {CIM_ODD: odd};
      const told = await run('sh', ['-c', 'printf %s "$CIM_ODD"'], {...LIMIT, env});
      expect(told.stdout).toBe(odd);
      expect((await follow('printf "%s %s" "$CIM_ODD" "$LC_ALL"', {env})).seen).toEqual([
        `${odd} C`,
      ]);
    });

    test('one that is not there is a failure with its name', async () => {
      await expect(run('no-such-program', [], LIMIT)).rejects.toMatchObject({
        code: 'process-failed',
        message: 'start no-such-program: not found',
      });
      const followed = harness.runner.lines('no-such-program', [], {onLine: () => {}});
      await expect(followed).rejects.toMatchObject({code: 'process-failed'});
    });

    test('one that takes too long is ended', async () => {
      const late = run('sleep', ['60'], {timeoutMs: 50});
      await expect(late).rejects.toMatchObject({code: 'time-is-up'});
    });

    test('one whose caller gave up is ended, or not even started', async () => {
      const controller = new AbortController();
      const running = run('sleep', ['60'], {...LIMIT, signal: controller.signal});
      controller.abort(new Error('enough'));
      await expect(running).rejects.toThrow('enough');
      const late = run('true', [], {...LIMIT, signal: controller.signal});
      await expect(late).rejects.toThrow('enough');
    });

    test('lines come as they are written, and it ends when it is told to', async () => {
      const seen: string[] = [];
      const running = await harness.runner.lines(
        'sh',
        ['-c', 'echo one; echo two; exec sleep 60'],
        {
          onLine: (line) => void seen.push(line),
        },
      );
      await until(
        () => seen,
        (lines) => lines.length === 2,
      );
      expect(seen).toEqual(['one', 'two']);
      expect(readFileSync(`/proc/${running.pid}/comm`, 'utf8')).toMatch(/^(?:sh|sleep)/);
      running.kill();
      expect(await running.ended).toBe('ended by SIGTERM');
      expect(existsSync(`/proc/${running.pid}/fd/0`)).toBe(false);
    });

    test('a last line without its end counts, errors are apart, and how it ended is told', async () => {
      const errors: string[] = [];
      const onError = (line: string) => void errors.push(line);
      const {seen, how} = await follow('echo "a b"; printf half; echo oh >&2; exit 3', {onError});
      expect([seen, errors, how]).toEqual([['a b', 'half'], ['oh'], 'exited 3']);
    });

    test('what is followed does not outlive a killed follower', async ({skip}) => {
      if (findProgram('setpriv') === undefined) skip('needs setpriv');
      const follower = await harness.startFollower();
      expect(isRunning(follower.followedPid)).toBe(true);
      follower.kill();
      await until(
        () => isRunning(follower.followedPid),
        (runs) => !runs,
      );
    });
  });
}
