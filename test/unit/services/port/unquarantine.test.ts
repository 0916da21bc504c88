import {expect, test} from 'vitest';

import type {Fact} from '#domain/catalogue.ts';
import {adapterAdded, inventoryAfter, socketAdded} from '#test/support/facts.ts';
import {codeOf, decide} from '#test/support/wishes.ts';

const QUARANTINED: Fact = {
  type: 'cim.port.quarantined.v1',
  subject: 'usb-1',
  data: {minutes: 5, changes: 120, before: {state: 'present'}},
};
const SOCKET = socketAdded('usb-1');
const ADAPTER = adapterAdded('d-aaaaaaaaaa', 'usb-1');

test.each([
  ['an empty port', [SOCKET, QUARANTINED], 'absent'],
  ['one that holds something', [SOCKET, ADAPTER, QUARANTINED], 'present'],
])('takes %s back as it was last known', (_, given, state) => {
  const verdict = decide('port.unquarantine', inventoryAfter(...given), {target: 'usb-1'});
  expect(verdict).toMatchObject([
    {type: 'cim.port.unquarantined.v1', data: {state, before: {state: 'quarantined'}}},
  ]);
});

test('refuses for a port that is not in quarantine', () => {
  const verdict = decide('port.unquarantine', inventoryAfter(SOCKET), {target: 'usb-1'});
  expect(codeOf(verdict)).toBe('nothing-to-change');
});

test('what goes out of a quarantined port leaves it in quarantine', () => {
  const pulled: Fact = {
    type: 'cim.device.removed.v1',
    subject: 'd-aaaaaaaaaa',
    data: {portId: idOf(ADAPTER), position: '0000/14.0/usb/usb-1', portForgotten: false},
  };
  const {ports} = inventoryAfter(SOCKET, ADAPTER, QUARANTINED, pulled);
  expect(ports['usb-1']).toMatchObject({state: 'quarantined', deviceId: null});
});

function idOf(fact: Fact) {
  if (fact.type !== 'cim.device.added.v1') {
    throw new TypeError('an adapter is added');
  }
  return fact.data.portId;
}
