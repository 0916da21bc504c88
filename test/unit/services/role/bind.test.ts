import {describe, expect, it} from 'vitest';

import type {Fact} from '#domain/catalogue.ts';
import {adapterAdded, inventoryAfter, socketAdded} from '#test/support/facts.ts';
import {codeOf, decide} from '#test/support/wishes.ts';

const WORLD: readonly Fact[] = [
  socketAdded('usb-1'),
  socketAdded('usb-2'),
  adapterAdded('d-aaaaaaaaaa', 'usb-1'),
];

function afterWishes(
  ...wishes: readonly (readonly [string, Record<string, unknown>])[]
): readonly Fact[] {
  const facts = [...WORLD];
  for (const [target, data] of wishes) {
    const verdict = decide('role.bind', inventoryAfter(...facts), {target, data});
    facts.push(...('refused' in verdict ? [] : verdict));
  }
  return facts;
}

describe('role bind', () => {
  it('follows a port', () => {
    const verdict = decide('role.bind', inventoryAfter(...WORLD), {
      target: 'scale',
      data: {port: 'usb-1', class: 'serial'},
    });
    expect(verdict).toEqual([
      {
        type: 'cim.role.bound.v1',
        subject: 'scale',
        data: {
          target: {kind: 'port', portId: 'usb-1'},
          selector: {class: 'serial', suffix: null},
          before: null,
        },
      },
    ]);
  });

  it('follows a unit', () => {
    const data = {device: 'd-aaaaaaaaaa'};
    expect(codeOf(decide('role.bind', inventoryAfter(...WORLD), {target: 'scale', data}))).toBe(
      'cim.role.bound.v1',
    );
  });

  it('is taken from its holder only when asked to', () => {
    const given = inventoryAfter(...afterWishes(['scale', {port: 'usb-1'}]));
    const wish = {target: 'scale', data: {port: 'usb-2'}};
    expect(codeOf(decide('role.bind', given, wish))).toBe('role-held');
    const moved = decide('role.bind', given, {...wish, data: {...wish.data, move: true}});
    expect(moved).toMatchObject([{data: {before: {target: {kind: 'port', portId: 'usb-1'}}}}]);
  });

  it.each([
    ['unknown-port', 'scale', {port: 'usb-9'}],
    ['unknown-device', 'scale', {device: 'd-zzzzzzzzzz'}],
    ['bad-request', 'scale', {}],
    ['bad-request', 'scale', {port: 'usb-1', device: 'd-aaaaaaaaaa'}],
    ['bad-request', 'Not A Name', {port: 'usb-1'}],
    ['no-function', 'scale', {port: 'usb-1', class: 'video'}],
  ])('refuses %s', (code, target, data) => {
    expect(codeOf(decide('role.bind', inventoryAfter(...WORLD), {target, data}))).toBe(code);
  });

  it('takes any class on an empty port: what fits will come', () => {
    const data = {port: 'usb-2', class: 'video'};
    expect(codeOf(decide('role.bind', inventoryAfter(...WORLD), {target: 'cam', data}))).toBe(
      'cim.role.bound.v1',
    );
  });

  it('refuses what is so already', () => {
    const given = inventoryAfter(...afterWishes(['scale', {port: 'usb-1'}]));
    const verdict = decide('role.bind', given, {target: 'scale', data: {port: 'usb-1'}});
    expect(codeOf(verdict)).toBe('nothing-to-change');
  });
});

describe('role unbind', () => {
  it('stores what the role followed', () => {
    const given = inventoryAfter(...afterWishes(['scale', {port: 'usb-1'}]));
    expect(decide('role.unbind', given, {target: 'scale'})).toMatchObject([
      {type: 'cim.role.unbound.v1', data: {before: {target: {portId: 'usb-1'}}}},
    ]);
  });

  it('refuses a role that is not bound', () => {
    const verdict = decide('role.unbind', inventoryAfter(...WORLD), {target: 'scale'});
    expect(codeOf(verdict)).toBe('unknown-role');
  });
});
