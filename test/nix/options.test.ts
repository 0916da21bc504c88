import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, expect, test} from 'vitest';
import {z} from 'zod';

import {nixStageForFile} from '#test/support/nix/file-stage.ts';
import {findStrayOptions} from '#test/support/nix/option-names.ts';
import {createOurFlake, flakeLack} from '#test/support/nix/our-flake.ts';
import {ROOT} from '#test/support/stage.ts';

const stage = nixStageForFile();
const LIST = join(ROOT, '..', 'shared', 'design', 'options-25.05.json');
const isThere = existsSync(LIST);

/** Options that came after 25.05, for which the list is. */
const NEWER = {'services.nats.validateConfig': 'bool'};
/** All that a host may have of the agent, so that no condition hides an option. */
const EVERYTHING = `{
  cim.agent = {
    home = "/data/cim";
    natsUrl = "nats://hub";
    credsFile = "/run/creds";
    operators = [ "cim" ];
  };
}`;

beforeEach(({skip}) => {
  if (!isThere) skip(`no list of NixOS options at ${LIST}`);
  if (flakeLack !== undefined) skip(flakeLack);
});

const readOptions = () => {
  const read = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(LIST, 'utf8')));
  return new Map(Object.entries({...read, ...NEWER}));
};

test.each([
  ['by itself', '{ }'],
  ['with all that the agent can have', EVERYTHING],
])('the example host sets only options that NixOS has: %s', async (_, module) => {
  const config = await createOurFlake(stage()).evaluateHost(
    module,
    'removeAttrs config [ "cim" ]',
    z.record(z.string(), z.unknown()),
  );
  expect(Object.keys(config)).toEqual(expect.arrayContaining(['boot', 'fileSystems', 'systemd']));
  expect(findStrayOptions(readOptions(), config)).toEqual([]);
});

test('a name that NixOS does not have is found', async () => {
  const config = await createOurFlake(stage()).evaluateHost(
    '{ systemd.services.cim-agent.serviceConfg.Type = "exec"; }',
    '{ inherit (config) systemd; }',
    z.unknown(),
  );
  expect(findStrayOptions(readOptions(), config)).toEqual([
    'systemd.services.<name>.serviceConfg: no such option',
  ]);
});
