import {execFile} from 'node:child_process';
import {createServer} from 'node:net';
import {expect, test} from 'vitest';

import {CIM_TUI} from '#test/support/stage.ts';

test('--timeout is for the connection too: a server that says nothing', async () => {
  const server = createServer();
  const url = await new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`nats://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    });
  });
  const begun = performance.now();
  const args = ['status', '--nats', url, '--leaf', 'silent', '--timeout', '1'];
  const code = await new Promise((resolve) => {
    execFile(CIM_TUI, args, (error) => resolve(error?.code ?? 0));
  });
  server.close();
  expect(code).toBe(5);
  expect(performance.now() - begun).toBeLessThan(4500);
});
