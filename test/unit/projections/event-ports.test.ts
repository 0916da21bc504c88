import {expect, test} from 'vitest';

import type {CimEvent} from '#domain/envelope.ts';
import {portsOf} from '#projections/event-ports.ts';

const idsIn = (event: object): readonly string[] => [...portsOf(event as CimEvent)].sort();
const target = (portId: string) => ({kind: 'port', portId});

test.each([
  [{type: 'cim.port.labelled.v1', subject: 'a', data: {}}, ['a']],
  [
    {type: 'cim.device.added.v1', subject: 'd', data: {portId: 'a', sockets: [{id: 'b'}]}},
    ['a', 'b'],
  ],
  [
    {
      type: 'cim.device.moved.v1',
      subject: 'd',
      data: {
        portId: 'a',
        before: {portId: 'b'},
        followers: [{portId: 'c', before: {portId: 'c'}}],
        ports: [{id: 'e'}],
      },
    },
    ['a', 'b', 'c', 'e'],
  ],
  [
    {type: 'cim.device.removed.v1', subject: 'd', data: {portId: 'a', devices: [{portId: 'b'}]}},
    ['a', 'b'],
  ],
  [
    {
      type: 'cim.role.bound.v1',
      subject: 'r',
      data: {target: target('a'), before: {target: target('b')}},
    },
    ['a', 'b'],
  ],
  [
    {
      type: 'cim.role.unbound.v1',
      subject: 'r',
      data: {before: {target: {kind: 'device', deviceId: 'd'}}},
    },
    [],
  ],
  [{type: 'cim.leaf.started.v1', subject: 'l', data: {}}, []],
])('the ports that %j is about', (event, ids) => {
  expect(idsIn(event)).toEqual(ids);
});
