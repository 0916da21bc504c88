/** What a tree needs of a port. */
interface Branch {
  readonly id: string;
  readonly parent: string | null;
}

/**
 * Ports with their depth, children right behind their parents, both in the order they are given in.
 * One whose parent is not among them is a root.
 */
export function portTree<Row extends Branch>(
  rows: readonly Row[],
): readonly {readonly row: Row; readonly depth: number}[] {
  const ids = new Set(rows.map(({id}) => id));
  const children = Map.groupBy(rows, ({parent}) =>
    parent !== null && ids.has(parent) ? parent : null,
  );
  const below = (
    parent: string | null,
    depth: number,
  ): readonly {readonly row: Row; readonly depth: number}[] =>
    (children.get(parent) ?? []).flatMap((row) => [{row, depth}, ...below(row.id, depth + 1)]);
  return below(null, 0);
}
