/** Names of NixOS options with the head of their types: `{"boot.loader.grub.enable": "bool"}`. */
export type OptionNames = ReadonlyMap<string, string>;

/** What the type's name says about a value in JSON; a type that is not here may hold anything. */
const KINDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  attrsOf: isSet,
  bool: (value) => typeof value === 'boolean',
  int: Number.isInteger,
  listOf: Array.isArray,
  separatedString: (value) => typeof value === 'string',
  str: (value) => typeof value === 'string',
};

/**
 * What a configuration sets that NixOS does not know, or knows as another type; one sentence each.
 * Values below an option whose own options have no names in the list are taken as they are.
 */
export function findStrayOptions(options: OptionNames, config: unknown): readonly string[] {
  const folders = new Set([...options.keys()].flatMap(prefixesOf));
  const visit = (path: string, value: unknown): readonly string[] => {
    const type = options.get(path);
    const fits = type === undefined || (KINDS[type] ?? (() => true))(value);
    if (!fits) return [`${path}: ${JSON.stringify(value)} is no ${type}`];
    if (isSet(value) && (path === '' || folders.has(path))) {
      return Object.entries(value).flatMap(([name, inner]) => visit(inside(path, name), inner));
    }
    return type === undefined ? [`${path}: no such option`] : [];
  };
  const inside = (path: string, name: string): string => {
    const plain = path === '' ? name : `${path}.${name}`;
    const anyName = `${path}.<name>`;
    return folders.has(anyName) || options.has(anyName) ? anyName : plain;
  };
  return visit('', config);
}

/** `a.b.c` lies in `a` and `a.b`. */
function prefixesOf(name: string): readonly string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

function isSet(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
