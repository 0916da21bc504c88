import {expect, test} from 'vitest';

import {findStrayOptions} from '#test/support/nix/option-names.ts';

const OPTIONS = new Map([
  ['boot.loader.timeout', 'int'],
  ['fileSystems', 'attrsOf'],
  ['services.ssh.enable', 'bool'],
  ['services.ssh.settings', 'submodule'],
  ['users.users', 'attrsOf'],
  ['users.users.<name>.packages', 'listOf'],
]);

test.each([
  ['known options', {boot: {loader: {timeout: 3}}, services: {ssh: {enable: true}}}, []],
  ['what lies below an option', {fileSystems: {'/': {fsType: 'ext4'}}}, []],
  ['free settings', {services: {ssh: {settings: {Any: 'thing'}}}}, []],
  ['any name', {users: {users: {anna: {packages: []}}}}, []],
  ['an unknown option', {services: {shh: {enable: true}}}, ['services.shh: no such option']],
  [
    'an unknown option of a named one',
    {users: {users: {anna: {pakages: []}}}},
    ['users.users.<name>.pakages: no such option'],
  ],
  ['another type', {services: {ssh: {enable: 'yes'}}}, ['services.ssh.enable: "yes" is no bool']],
  ['a folder as an option', {boot: {loader: true}}, ['boot.loader: no such option']],
])('%s', (_, config, strays) => {
  expect(findStrayOptions(OPTIONS, config)).toEqual(strays);
});
