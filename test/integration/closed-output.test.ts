import {spawn} from 'node:child_process';
import {expect, it} from 'vitest';

import {CIM_TUI} from '#test/support/stage.ts';

it('a reader that has enough ends a command without a word', async () => {
  const child = spawn(CIM_TUI, ['--help'], {stdio: ['ignore', 'pipe', 'pipe']});
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect({code, said}).toEqual({code: 0, said: ''});
});
