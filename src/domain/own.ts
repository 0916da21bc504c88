/**
 * What a record holds under a name that came from outside. Plain indexing would also find what
 * every object inherits: `constructor` and `__proto__` are no ports.
 */
export const ownValue = <Value>(
  record: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined => (Object.hasOwn(record, name) ? record[name] : undefined);
