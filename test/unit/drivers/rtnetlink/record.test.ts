import {expect, test} from 'vitest';

import {namesInLine} from '#drivers/rtnetlink/record.ts';

test.each([
  ['6: br0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN', 6, ['br0']],
  ['8: cimv0@cimv1: <BROADCAST,M-DOWN> mtu 1500 master br0', 8, ['cimv0', 'cimv0@cimv1']],
  ['Deleted 8: cimv0@NONE: <BROADCAST> mtu 1500', 8, ['cimv0', 'cimv0@NONE']],
])('%s', (line, ifindex, names) => {
  expect(namesInLine(line)).toEqual({ifindex, names});
});

test('anything else is no record of a link', () => {
  expect(namesInLine('')).toBeUndefined();
  expect(namesInLine('    link/ether 72:98:ca:a8:d3:16')).toBeUndefined();
});
