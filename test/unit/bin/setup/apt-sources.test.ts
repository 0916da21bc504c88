import {expect, test} from 'vitest';
import {findMirrors, parseDeb822, parseSourcesList, printSource} from '#bin/setup/apt-sources.mjs';

const DEB822 = `# comment
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
# between the fields
Components: main
  contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main

Types: deb
URIs: https://vendor.example/apt
Suites: bookworm
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 bQINBF
`;

test('reads deb822 stanzas with comments and folded fields', () => {
  const [first, second, third, fourth] = parseDeb822(DEB822);
  expect(first).toEqual({
    types: ['deb', 'deb-src'],
    uris: ['http://mirror.example/debian'],
    suites: ['bookworm', 'bookworm-updates'],
    components: ['main', 'contrib'],
    signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
    isEnabled: true,
  });
  expect(second?.suites).toEqual(['bookworm-security']);
  expect(third?.isEnabled).toBe(false);
  expect(fourth?.signedBy).toBeUndefined();
});

test('reads the one-line form with options and comments', () => {
  const text = [
    '# deb http://commented.example/debian bookworm main',
    'deb [arch=amd64 signed-by=/usr/share/keyrings/k.gpg] http://mirror.example/debian bookworm main # why',
    'deb-src http://mirror.example/debian bookworm main contrib',
    '',
  ].join('\n');
  expect(parseSourcesList(text)).toEqual([
    {
      types: ['deb'],
      uris: ['http://mirror.example/debian'],
      suites: ['bookworm'],
      components: ['main'],
      signedBy: '/usr/share/keyrings/k.gpg',
      isEnabled: true,
    },
    {
      types: ['deb-src'],
      uris: ['http://mirror.example/debian'],
      suites: ['bookworm'],
      components: ['main', 'contrib'],
      signedBy: undefined,
      isEnabled: true,
    },
  ]);
});

test('takes only what can be a Debian archive, the surest first', () => {
  const vendor = parseSourcesList('deb https://vendor.example/apt bookworm main');
  expect(findMirrors([...vendor, ...parseDeb822(DEB822)], 'bookworm')).toEqual([
    'http://mirror.example/debian',
    'https://vendor.example/apt',
  ]);
});

test('takes no disc, no sources of programs and no foreign suite', () => {
  const text = [
    'deb cdrom:[Debian]/ bookworm main',
    'deb-src http://mirror.example/debian bookworm main',
    'deb http://mirror.example/debian noble main',
  ].join('\n');
  expect(findMirrors(parseSourcesList(text), 'bookworm')).toEqual([]);
});

test('prints a source that apt takes only with that keyring', () => {
  const uri = 'http://mirror.example/debian';
  const text = printSource({uri, suite: 'sid', keyring: '/k.gpg'});
  expect(parseDeb822(text)).toEqual([
    expect.objectContaining({uris: [uri], suites: ['sid'], signedBy: '/k.gpg'}),
  ]);
});
