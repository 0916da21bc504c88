import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';

import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {processRunnerSuite} from './process-runner.suite.ts';

const FOLLOWER = `
  import {createProcessRunner} from '#drivers/process/process-runner.ts';
  const running = await createProcessRunner().lines('sleep', ['600'], {onLine: () => {}});
  console.log(running.pid);
`;

processRunnerSuite('process', () => ({
  runner: createProcessRunner(),
  async startFollower() {
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', FOLLOWER], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface({input: parent.stdout}), 'line');
    return {followedPid: Number(line), kill: () => void parent.kill('SIGKILL')};
  },
}));
