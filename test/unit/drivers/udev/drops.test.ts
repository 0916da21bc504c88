import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';

import {createDropCounter} from '#drivers/udev/drops.ts';

test('adds up what was dropped on the uevent sockets of one process', () => {
  const root = mkdtempSync(join(tmpdir(), 'cim-drops-'));
  mkdirSync(join(root, '42', 'fd'), {recursive: true});
  symlinkSync('socket:[700]', join(root, '42', 'fd', '3'));
  symlinkSync('socket:[701]', join(root, '42', 'fd', '4'));
  symlinkSync('/dev/null', join(root, '42', 'fd', '0'));
  mkdirSync(join(root, 'net'));
  const row = (protocol: number, drops: number, inode: number) =>
    `0000000000000000 ${protocol}   42         00000001 0        0        0     2        ${drops}        ${inode}`;
  writeFileSync(
    join(root, 'net', 'netlink'),
    [
      'sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode',
      row(15, 9918, 700),
      row(15, 2, 701),
      row(15, 5, 9),
      row(0, 7, 700),
    ].join('\n'),
  );
  expect(createDropCounter(42, root).total()).toBe(9920);
  expect(createDropCounter(43, root).total()).toBe(0);
  rmSync(root, {recursive: true});
});
