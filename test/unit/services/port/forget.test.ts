import {describe, expect, it} from 'vitest';

import {adapterAdded, adapterRemoved, inventoryAfter, socketAdded} from '#test/support/facts.ts';
import {codeOf, decide} from '#test/support/wishes.ts';

const PLUGGED = [socketAdded('usb-1'), adapterAdded('d-aaaaaaaaaa', 'usb-1')];

describe('port forget', () => {
  it('forgets an empty port and keeps what it was', () => {
    const verdict = decide('port.forget', inventoryAfter(socketAdded('usb-1')), {target: 'usb-1'});
    expect(verdict).toMatchObject([
      {type: 'cim.port.forgotten.v1', data: {before: {position: '0000/14.0/usb/usb-1'}}},
    ]);
  });

  it('refuses while something is plugged in', () => {
    const verdict = decide('port.forget', inventoryAfter(...PLUGGED), {target: 'usb-1'});
    expect(codeOf(verdict)).toBe('in-use');
  });

  it('forgets it once that is gone', () => {
    const given = inventoryAfter(...PLUGGED, adapterRemoved('d-aaaaaaaaaa', 'usb-1'));
    expect(codeOf(decide('port.forget', given, {target: 'usb-1'}))).toBe('cim.port.forgotten.v1');
  });

  it('refuses while a role follows it', () => {
    const bound = decide('role.bind', inventoryAfter(socketAdded('usb-1')), {
      target: 'scale',
      data: {port: 'usb-1'},
    });
    const facts = 'refused' in bound ? [] : bound;
    const given = inventoryAfter(socketAdded('usb-1'), ...facts);
    expect(codeOf(decide('port.forget', given, {target: 'usb-1'}))).toBe('in-use');
  });

  it('refuses when it was relabelled after it was seen', () => {
    const given = inventoryAfter(socketAdded('usb-1'), {
      type: 'cim.port.labelled.v1',
      subject: 'usb-1',
      data: {label: 'x', before: {label: null}},
    });
    const verdict = decide('port.forget', given, {target: 'usb-1', seen: 1});
    expect(codeOf(verdict)).toBe('changed-meanwhile');
  });
});
