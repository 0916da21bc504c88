import {expect, test} from 'vitest';

import {isRequired} from '#test/support/tiers/require-tier.ts';

test.each([
  [undefined, false],
  ['', false],
  ['nix', true],
  ['box, nix', true],
  ['box,vm', false],
  ['nixos', false],
])('CIM_REQUIRE_TIERS=%s', (text, required) => {
  expect(isRequired('nix', {CIM_REQUIRE_TIERS: text})).toBe(required);
});
