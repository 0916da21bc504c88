import {readFileSync} from 'node:fs';
import {userInfo} from 'node:os';

import type {Account} from '#contracts/accounts.ts';

/** The one who runs this program. */
export function currentAccount(): Account {
  const {username, uid, gid} = userInfo();
  return {name: username, uid, gid};
}

/**
 * Who may use a leaf: its own user; for root's leaf also each member of the group `cim`, by
 * membership or as primary group. No such group: root only.
 */
export function permittedAccounts(
  read: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): readonly Account[] {
  const self = currentAccount();
  if (self.uid !== 0) {
    return [self];
  }
  const group = read('/etc/group')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'cim');
  if (group === undefined) {
    return [self];
  }
  const [, , gid, members = ''] = group;
  const names = new Set(members.split(',').filter((name) => name !== ''));
  const accounts = read('/etc/passwd')
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([name = '', , , primary]) => names.has(name) || primary === gid)
    .map(([name = '', , uid, primary]) => ({name, uid: Number(uid), gid: Number(primary)}));
  return [self, ...accounts.filter(({uid}) => uid !== 0)];
}
