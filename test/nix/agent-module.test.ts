import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, describe, expect, test} from 'vitest';
import {z} from 'zod';

import {readAgentUnit} from '#test/support/agent-unit.ts';
import {nixStageForFile} from '#test/support/nix/file-stage.ts';
import {createOurFlake, flakeLack} from '#test/support/nix/our-flake.ts';
import {withoutColours} from '#test/support/nix/read-log.ts';
import {ROOT} from '#test/support/stage.ts';

const stage = nixStageForFile();
const README = readFileSync(join(ROOT, 'modules', 'agent', 'README.md'), 'utf8');

const Texts = z.array(z.string());
const Settings = z.record(z.string(), z.string());
const Host = z.object({
  package: z.string(),
  service: z.object({
    description: z.string(),
    after: Texts,
    wantedBy: Texts,
    unitConfig: Settings,
    serviceConfig: Settings,
    environment: Settings,
  }),
  rules: Texts,
  group: Texts,
});
const HOST = `{
  package = "\${config.cim.agent.package}";
  service = config.systemd.services.cim-agent;
  rules = config.systemd.tmpfiles.rules or [ ];
  group = config.users.groups.cim.members;
}`;

beforeEach(({skip}) => {
  if (flakeLack !== undefined) skip(flakeLack);
});

const evaluate = (module: string) => createOurFlake(stage()).evaluateHost(module, HOST, Host);

test('the unit of the example host is the one that unit.json describes', async () => {
  const host = await evaluate('{ }');
  const unit = readAgentUnit(host.package);
  const {Description, After, ...others} = unit.Unit;
  expect(host.service).toEqual({
    description: Description,
    after: [After],
    wantedBy: [unit.Install.WantedBy],
    unitConfig: {...others, RequiresMountsFor: '/var/lib/cim'},
    serviceConfig: unit.Service,
    environment: {CIM_LEAF_ID: 'example'},
  });
  expect(host.service.serviceConfig.ExecStart).toMatch(
    /^\/.*\/store\/[a-z0-9]{32}-cim-tui-[\d.]+\/bin\/cim-tui serve$/,
  );
  expect(host).toMatchObject({rules: [], group: []});
});

test('a host may change what the unit has', async () => {
  const {service} = await evaluate(
    '{ systemd.services.cim-agent.serviceConfig.OOMScoreAdjust = "0"; }',
  );
  expect(service.serviceConfig).toMatchObject({OOMScoreAdjust: '0', Restart: 'always'});
});

test('a home elsewhere is made and linked to, and waited for', async () => {
  const {rules, service} = await evaluate('{ cim.agent.home = "/data/cim"; }');
  expect(rules).toEqual(['d /data/cim 0700 root root', 'L /var/lib/cim - - - - /data/cim']);
  expect(service.unitConfig).toMatchObject({RequiresMountsFor: '/data/cim'});
  expect(service.serviceConfig).not.toHaveProperty('StateDirectory');
});

test('a host that does not want the agent has nothing of it', async () => {
  const names = await createOurFlake(stage()).evaluateHost(
    '{ lib, ... }: { cim.agent.enable = lib.mkForce false; }',
    '{ users = config.users or { }; systemd = config.systemd or { }; }',
    z.unknown(),
  );
  expect(names).toEqual({users: {}, systemd: {}});
});

describe('refuses, naming host, option and remedy,', () => {
  test.each([
    [
      'a home that is lost',
      '{ cim.agent.home = "/run/cim"; }',
      /cim\.agent\.home is \/run\/cim,.*: set it to an absolute path/,
    ],
    [
      'a relative home',
      '{ cim.agent.home = "cim"; }',
      /cim\.agent\.home is cim,.*: set it to an absolute path/,
    ],
    [
      'a server without credentials',
      '{ cim.agent.natsUrl = "nats://hub"; }',
      /cim\.agent\.natsUrl and cim\.agent\.credsFile one is set: set both/,
    ],
    ['credentials without a server', '{ cim.agent.credsFile = "/run/c"; }', /one is set: set both/],
    [
      'credentials that all can read',
      '{ cim.agent.natsUrl = "nats://hub"; cim.agent.credsFile = builtins.storeDir + "/x"; }',
      /cim\.agent\.credsFile is in the Nix store.*: set it to a path outside/,
    ],
    [
      'an operator whom nobody knows',
      '{ cim.agent.operators = [ "bob" ]; }',
      /cim\.agent\.operators names bob,.*: declare it in users\.users/,
    ],
  ])('%s', async (_, module, sentence) => {
    const failed = evaluate(module);
    await expect(failed).rejects.toThrow(/Failed assertions:\s+- host example: /);
    await expect(failed).rejects.toThrow(sentence);
  });

  test.each([
    [
      '{ cim.agent.leafId = "Gate 1"; }',
      "option `cim.agent.leafId' is not of type `null or string",
    ],
    [
      '{ cim.agent.operators = "bob"; }',
      "option `cim.agent.operators' is not of type `list of string'",
    ],
    ['{ cim.agent.hoem = "/x"; }', "The option `cim.agent.hoem' does not exist"],
  ])('%s by its type', async (module, words) => {
    const message = await evaluate(module).then(
      () => '',
      (error: unknown) => withoutColours(String(error)),
    );
    expect(message).toContain(words);
  });
});

describe('its README', () => {
  test('has an example that evaluates', async () => {
    const [, example = ''] = /```nix\n(.*?)```/s.exec(README) ?? [];
    const {service, group} = await evaluate(`${example}`);
    expect(service.environment).toMatchObject({CIM_NATS_URL: expect.any(String)});
    expect(group).toEqual(['anna']);
  });

  test('lists every option with its type and default', async () => {
    const Options = z.record(z.string(), z.object({type: z.string(), standard: z.string()}));
    const options = await createOurFlake(stage()).evaluate(
      'nixosConfigurations.example',
      `host: builtins.mapAttrs (_: option: {
        type = option.type.description;
        standard = if option ? default then builtins.toJSON option.default else "";
      }) host.options.cim.agent`,
      Options,
    );
    const rows = [...README.matchAll(/^\| `cim\.agent\.(\w+)` \|([^|]+)\|([^|]*)\|/gm)];
    const listed = rows.map(([, name = '', type = '', standard = '']) => [
      name,
      {type: type.trim(), standard: standard.trim().replaceAll('`', '')},
    ]);
    expect(Object.fromEntries(listed)).toEqual(options);
  });
});
