import {execFile} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {promisify} from 'node:util';

import {findProgram} from '#drivers/process/find-program.ts';
import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {createInterfaceNames} from '#drivers/rtnetlink/interface-names.ts';
import {interfaceNamesSuite} from '#test/contract/interface-names.suite.ts';
import {lackForBridges} from '#test/support/bridges.ts';

const run = promisify(execFile);
const ip = (...args: readonly string[]) => run(findProgram('ip') ?? 'ip', [...args]);

interfaceNamesSuite({driver: 'rtnetlink', lack: lackForBridges()}, async () => {
  const stem = `cimn${randomBytes(3).toString('hex')}`;
  const [one, other] = [`${stem}a`, `${stem}b`];
  await ip('link', 'add', one, 'type', 'veth', 'peer', 'name', other);
  return {
    names: createInterfaceNames({runner: createProcessRunner(), uid: process.geteuid?.()}),
    one,
    other,
    stop: async () => void (await ip('link', 'del', one)),
  };
});
