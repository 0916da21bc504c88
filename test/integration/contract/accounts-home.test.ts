import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

import {currentAccount, permittedAccounts} from '#drivers/home/accounts.ts';
import {type AccountsHarness, accountsSuite} from '#test/contract/accounts.suite.ts';
import {currentStage} from '#test/support/tiers/contract-run.ts';

const run = promisify(execFile);
const self = currentAccount();

/** The machine's own files, changed by its own programs: for one that is thrown away. */
async function onRealFiles(): Promise<AccountsHarness> {
  const made: string[] = [];
  await run('groupadd', ['--system', 'cim']);
  return {
    self,
    accounts: {permitted: permittedAccounts},
    async addPerson(name, isPermitted) {
      await run('useradd', [...(isPermitted ? ['--groups', 'cim'] : []), name]);
      made.push(name);
    },
    async stop() {
      for (const name of made) await run('userdel', [name]);
      await run('groupdel', ['cim']);
    },
  };
}

/** The same files as text, for a machine whose people are not ours to make. */
async function onText(): Promise<AccountsHarness> {
  const members: string[] = [];
  const people: string[] = [];
  const read = (path: string): string =>
    path === '/etc/group'
      ? `root:x:0:\ncim:x:990:${members.join(',')}\n`
      : ['root:x:0:0::/root:/bin/sh', ...people, ''].join('\n');
  return {
    self,
    accounts: {permitted: () => permittedAccounts(read)},
    async addPerson(name, isPermitted) {
      const id = 1000 + people.length;
      people.push(`${name}:x:${id}:${id}::/home/${name}:/bin/sh`);
      if (isPermitted) members.push(name);
    },
    stop: async () => undefined,
  };
}

accountsSuite('home', currentStage() === 'box' ? onRealFiles : onText);
