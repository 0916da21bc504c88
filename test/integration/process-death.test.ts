import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {expect, test} from 'vitest';

import {findProgram} from '#drivers/process/find-program.ts';
import {isRunning} from '#test/support/is-running.ts';
import {until} from '#test/support/until.ts';

const FOLLOWER = `
  import {createProcessRunner} from '#drivers/process/process-runner.ts';
  const running = await createProcessRunner().lines('sleep', ['600'], {onLine: () => {}});
  console.log(running.pid);
`;

test.skipIf(findProgram('setpriv') === undefined)(
  'what is followed does not outlive a killed follower (needs setpriv)',
  async () => {
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', FOLLOWER], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve) => {
      createInterface({input: parent.stdout}).once('line', (line) => resolve(Number(line)));
    });
    expect(isRunning(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(
      () => isRunning(pid),
      (runs) => !runs,
    );
  },
);
