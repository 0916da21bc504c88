import {expect, it} from 'vitest';

import type {Fact} from '#domain/catalogue.ts';
import {adapterAdded, inventoryAfter, recordedFact, socketAdded} from '#test/support/facts.ts';
import {codeOf, decide} from '#test/support/wishes.ts';

const WORLD: readonly Fact[] = [socketAdded('usb-1'), adapterAdded('d-aaaaaaaaaa', 'usb-1')];
const INVENTORY = inventoryAfter(...WORLD);

it.each([
  ['port.label', {target: 'constructor', data: {label: 'A'}}, 'unknown-port'],
  ['port.label', {target: '__proto__', data: {label: 'A'}}, 'unknown-port'],
  ['port.forget', {target: 'toString'}, 'unknown-port'],
  ['role.bind', {target: 'scale', data: {device: 'constructor'}}, 'unknown-device'],
  ['role.bind', {target: 'scale', data: {port: '__proto__'}}, 'unknown-port'],
  ['role.unbind', {target: 'constructor'}, 'unknown-role'],
  ['role.unbind', {target: '__proto__'}, 'unknown-role'],
  ['job.cancel', {target: 'constructor'}, 'unknown-job'],
])('%s finds nothing under a name that every object inherits: %j', (name, wish, code) => {
  expect(codeOf(decide(name, INVENTORY, wish))).toBe(code);
});

it('a role may bear such a name', () => {
  const wish = {target: 'constructor', data: {port: 'usb-1'}, seen: 1};
  const bound = decide('role.bind', INVENTORY, wish);
  expect(codeOf(bound)).toBe('cim.role.bound.v1');
  const facts = [...WORLD, ...('refused' in bound ? [] : bound)];
  const unbound = decide('role.unbind', inventoryAfter(...facts), {target: 'constructor'});
  expect(codeOf(unbound)).toBe('cim.role.unbound.v1');
  const all = [...facts, ...('refused' in unbound ? [] : unbound)];
  const last = all.at(-1);
  const event = last && recordedFact(all.length, last);
  const undo = {target: String(all.length), ...(event === undefined ? {} : {event})};
  expect(codeOf(decide('event.undo', inventoryAfter(...all), undo))).toBe('cim.role.bound.v1');
});
