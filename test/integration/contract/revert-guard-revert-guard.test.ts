import {existsSync, readFileSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {createRevertGuard} from '#drivers/revert-guard/revert-guard.ts';
import {revertGuardSuite} from '#test/contract/revert-guard.suite.ts';
import {until} from '#test/support/until.ts';

revertGuardSuite('revert-guard', async () => {
  // A quote in the path: what the script writes to is one word, whatever is in it.
  const folder = await mkdtemp(join(tmpdir(), "cim-it's a guard-"));
  const written = join(folder, 'written');
  const guards = join(folder, 'guards');
  const outcomeOf = (id: string) => join(guards, id, 'outcome');
  await writeFile(written, '');
  return {
    guard: createRevertGuard({runner: createProcessRunner(), folder: guards}),
    step: {kind: 'run', argv: ['truncate', '--size=+1', written]},
    failing: {kind: 'run', argv: ['false']},
    done: () => (existsSync(written) ? readFileSync(written, 'utf8').length : 0),
    async pass() {
      await until(
        () => ['a-1', 'a-2'].some((id) => existsSync(outcomeOf(id))),
        (acted) => acted,
      );
    },
    stop: () => rm(folder, {recursive: true, force: true}),
  };
});
