import {expect, test} from 'vitest';

import {linkInLine} from '#drivers/rtnetlink/record.ts';

test.each([
  ['6: br0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN', 6, ['br0']],
  ['8: cimv0@cimv1: <BROADCAST,M-DOWN> mtu 1500 master br0', 8, ['cimv0', 'cimv0@cimv1']],
  ['Deleted 8: cimv0@NONE: <BROADCAST> mtu 1500', 8, ['cimv0', 'cimv0@NONE']],
])('%s', (line, ifindex, names) => {
  const isDeleted = line.startsWith('Deleted');
  expect(linkInLine(line)).toEqual({ifindex, names, isDeleted});
});

test('anything else is no record of a link', () => {
  expect(linkInLine('')).toBeUndefined();
  expect(linkInLine('    link/ether 72:98:ca:a8:d3:16')).toBeUndefined();
});
