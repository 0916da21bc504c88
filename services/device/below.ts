/** What a position adds to another above it, e.g. `.2` to that of a hub; undefined: not below it. */
export function relativeTo(above: string, position: string): string | undefined {
  const rest = position.startsWith(above) ? position.slice(above.length) : '';
  return /^[.:/]/.test(rest) ? rest : undefined;
}

/** A position with the same relation to another place; undefined: it is not below the first. */
export function translate(position: string, from: string, to: string): string | undefined {
  const rest = relativeTo(from, position);
  return rest === undefined ? undefined : `${to}${rest}`;
}
