/**
 * What a machine's own apt sources say about where its Debian comes from: pure text work.
 * @typedef {{types: string[], uris: string[], suites: string[], components: string[],
 *   signedBy: string | undefined, isEnabled: boolean}} AptSource
 */

/**
 * Reads deb822 stanzas (`*.sources`). Signed-By may hold a whole key: only a path is kept.
 * @param {string} text
 * @returns {AptSource[]}
 */
export function parseDeb822(text) {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  const stanzas = lines.join('\n').split(/\n\s*\n/);
  return stanzas
    .map(parseFields)
    .filter((fields) => fields.has('uris'))
    .map(readStanza);
}

/**
 * Reads the one-line form (`sources.list`): `deb [signed-by=…] URI SUITE COMPONENT…`.
 * @param {string} text
 * @returns {AptSource[]}
 */
export function parseSourcesList(text) {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(deb|deb-src)\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)([^#]*)/.exec(line);
    if (!match) return [];
    const [, type = '', options = '', uri = '', suite = '', components = ''] = match;
    return [
      {
        types: [type],
        uris: [uri],
        suites: [suite],
        components: words(components),
        signedBy: pathOf(/(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1]),
        isEnabled: true,
      },
    ];
  });
}

/**
 * The places that may be a Debian archive, the surest first. Whether one is, apt decides: every
 * one of them is only ever used with the keys of the Debian archive.
 * @param {readonly AptSource[]} sources
 * @param {string} codename the machine's release, such as `bookworm`
 * @returns {string[]}
 */
export function findMirrors(sources, codename) {
  const suites = new Set([codename, 'stable', 'testing', 'unstable', 'sid', 'oldstable']);
  const usable = sources.filter(
    (source) =>
      source.isEnabled &&
      source.types.includes('deb') &&
      source.components.includes('main') &&
      source.suites.some((suite) => suites.has(suite)),
  );
  const places = usable.flatMap((source) =>
    source.uris
      .filter((uri) => !uri.startsWith('cdrom:'))
      .map((uri) => ({uri, rank: rankOf(uri, source)})),
  );
  places.sort((one, other) => one.rank - other.rank);
  return [...new Set(places.map(({uri}) => uri))];
}

/**
 * A source for one suite that apt takes only when the keyring signed it.
 * @param {{uri: string, suite: string, keyring: string}} wanted
 * @returns {string}
 */
export function printSource({uri, suite, keyring}) {
  return [
    'Types: deb',
    `URIs: ${uri}`,
    `Suites: ${suite}`,
    'Components: main',
    'Targets: Packages',
    `Signed-By: ${keyring}`,
    '',
  ].join('\n');
}

/**
 * @param {string} uri
 * @param {AptSource} source
 */
function rankOf(uri, source) {
  if (source.signedBy?.includes('debian-archive')) return 0;
  return /\/debian\/?$/.test(uri) ? 1 : 2;
}

/**
 * @param {string} stanza
 * @returns {Map<string, string>}
 */
function parseFields(stanza) {
  /** @type {Map<string, string>} */
  const fields = new Map();
  let name = '';
  for (const line of stanza.split('\n')) {
    const match = /^([\w-]+):(.*)$/.exec(line);
    if (match) name = (match[1] ?? '').toLowerCase();
    const value = match ? match[2] : line;
    if (name) fields.set(name, `${fields.get(name) ?? ''} ${value ?? ''}`.trim());
  }
  return fields;
}

/**
 * @param {Map<string, string>} fields
 * @returns {AptSource}
 */
function readStanza(fields) {
  return {
    types: words(fields.get('types')),
    uris: words(fields.get('uris')),
    suites: words(fields.get('suites')),
    components: words(fields.get('components')),
    signedBy: pathOf(fields.get('signed-by')),
    isEnabled: !/^(no|false|0|off|without|disable)$/i.test(fields.get('enabled') ?? ''),
  };
}

/** @param {string | undefined} text */
function words(text) {
  return (text ?? '').split(/\s+/).filter(Boolean);
}

/** @param {string | undefined} text */
function pathOf(text) {
  return text?.startsWith('/') ? text : undefined;
}
