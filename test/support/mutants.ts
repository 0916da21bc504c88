import fc from 'fast-check';

/** A place in a JSON value: keys and indexes from its root. */
type Path = readonly (string | number)[];

/** A JSON value with one thing in it changed, taken away or added. */
export const mutantsOf = (original: unknown): fc.Arbitrary<unknown> => {
  const paths = pathsOf(original);
  return fc
    .constantFrom(...paths)
    .chain((path) =>
      changeAt(valueAt(original, path)).map((change) => apply(original, path, change)),
    );
};

type Change = {readonly kind: 'set' | 'add'; readonly value: unknown} | {readonly kind: 'remove'};

const changeAt = (value: unknown): fc.Arbitrary<Change> =>
  fc.oneof(
    fc.constant({kind: 'remove'} as const),
    fc.record({kind: fc.constantFrom('set', 'add'), value: anyValue}),
    fc.record({kind: fc.constant('set'), value: near(value)}),
  );

const anyValue = fc.oneof(
  fc.jsonValue({maxDepth: 1, stringUnit: 'grapheme'}),
  fc.constantFrom(null, '', 0, -1, 1.5, 2 ** 53, true, [], {}),
);

/** Values that are almost right. */
function near(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === 'number') {
    return fc.constantFrom(value + 0.5, -value, value + 1, String(value), 2 ** 53);
  }
  if (typeof value !== 'string') {
    return fc.constantFrom([value], {value}, 'x', null);
  }
  return fc
    .tuple(fc.nat(value.length), fc.nat(2), fc.string({unit: 'grapheme', maxLength: 2}))
    .map(([at, cut, text]) => `${value.slice(0, at)}${text}${value.slice(at + cut)}`);
}

function pathsOf(value: unknown): readonly Path[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) =>
          pathsOf(item).map((path) => [Array.isArray(value) ? Number(key) : key, ...path]),
        )
      : [];
  return [[], ...inner];
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );

function apply(value: unknown, [key, ...rest]: Path, change: Change): unknown {
  if (key === undefined) {
    return applyHere(value, change);
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      if (index !== key) return [item];
      return rest.length === 0 && change.kind === 'remove' ? [] : [apply(item, rest, change)];
    });
  }
  const entries = Object.entries({...(value as object)}).flatMap(([name, item]) => {
    if (name !== key) return [[name, item] as const];
    return rest.length === 0 && change.kind === 'remove'
      ? []
      : [[name, apply(item, rest, change)] as const];
  });
  return Object.fromEntries(entries);
}

function applyHere(value: unknown, change: Change): unknown {
  if (change.kind === 'add' && typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? [...value, change.value] : {...value, added: change.value};
  }
  return change.kind === 'remove' ? null : change.value;
}
