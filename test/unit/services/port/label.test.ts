import {describe, expect, it} from 'vitest';

import {inventoryAfter, socketAdded} from '#test/support/facts.ts';
import {codeOf, decide} from '#test/support/wishes.ts';

const labelled = (id: string, label: string) =>
  ({
    type: 'cim.port.labelled.v1',
    subject: id,
    data: {label, before: {label: null}},
  }) as const;

const GIVEN = inventoryAfter(
  socketAdded('usb-1'),
  socketAdded('usb-2'),
  labelled('usb-2', 'USB 2'),
);

describe('port label', () => {
  it('stores the new label and the one before', () => {
    const verdict = decide('port.label', GIVEN, {target: 'USB 2', data: {label: 'left'}});
    expect(verdict).toEqual([
      {
        type: 'cim.port.labelled.v1',
        subject: 'usb-2',
        data: {label: 'left', before: {label: 'USB 2'}},
      },
    ]);
  });

  it('takes a label away', () => {
    const verdict = decide('port.label', GIVEN, {target: 'usb-2', data: {label: null}});
    expect(codeOf(verdict)).toBe('cim.port.labelled.v1');
  });

  it.each([
    ['unknown-port', 'usb-9', {label: 'x'}, undefined],
    ['label-taken', 'usb-1', {label: 'USB 2'}, undefined],
    ['label-taken', 'usb-1', {label: 'usb-2'}, undefined],
    ['nothing-to-change', 'usb-2', {label: 'USB 2'}, undefined],
    ['changed-meanwhile', 'usb-2', {label: 'x'}, 2],
    ['too-long', 'usb-1', {label: 'x'.repeat(41)}, undefined],
    ['control-characters', 'usb-1', {label: 'a\u001b[2J'}, undefined],
    ['control-characters', 'usb-1', {label: 'a\u202eb'}, undefined],
    ['space-at-ends', 'usb-1', {label: ' a'}, undefined],
    ['empty-label', 'usb-1', {label: ''}, undefined],
    ['bad-request', 'usb-1', {}, undefined],
  ])('refuses %s', (code, target, data, seen) => {
    const wish = {target, data, ...(seen === undefined ? {} : {seen})};
    expect(codeOf(decide('port.label', GIVEN, wish))).toBe(code);
  });

  it('refuses a name that two ports bear', () => {
    const twins = inventoryAfter(socketAdded('usb-1'), {
      ...socketAdded('usb-2'),
      data: {...socketAdded('usb-2').data, name: 'usb-1x'},
    } as ReturnType<typeof socketAdded>);
    const renamed = {
      ...twins,
      ports: Object.fromEntries(
        Object.entries(twins.ports).map(([id, port]) => [id, {...port, name: 'same'}]),
      ),
    };
    const verdict = decide('port.label', renamed, {target: 'same', data: {label: 'x'}});
    expect(codeOf(verdict)).toBe('ambiguous-target');
  });

  it('takes a label of 40 characters, emoji counted once each', () => {
    const label = '🔌'.repeat(40);
    expect(codeOf(decide('port.label', GIVEN, {target: 'usb-1', data: {label}}))).toBe(
      'cim.port.labelled.v1',
    );
  });

  it('refuses a port that a newer version wrote to', () => {
    const newer = {...GIVEN, readOnly: {'port/usb-1': 9}};
    const verdict = decide('port.label', newer, {target: 'usb-1', data: {label: 'x'}});
    expect(codeOf(verdict)).toBe('newer-event');
  });
});
