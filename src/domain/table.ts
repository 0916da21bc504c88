/** Rows by id: what the state of most aggregates is. */
export type Table<Row> = Readonly<Record<string, Row>>;

/** How the next state's tables are made. What a caller was given before never changes. */
export interface TableWriter {
  put<Row>(table: Table<Row>, id: string, row: Row): Table<Row>;
  /** The very table when none of the ids is in it. */
  drop<Row>(table: Table<Row>, ids: readonly string[]): Table<Row>;
}

type Rows<Row> = Record<string, Row>;

/** A copy for each change: for events that come one at a time. */
export const COPYING: TableWriter = writerOn((table) => ({...table}));

/**
 * One copy of each table for a whole fold: tables that this writer has made itself it changes in
 * place, as nobody has seen them. A fold's writer is let go of with the fold.
 */
export function foldingWriter(): TableWriter {
  const own = new WeakSet<object>();
  return writerOn((table) => {
    if (own.has(table)) {
      return table;
    }
    const copy = {...table};
    own.add(copy);
    return copy;
  });
}

function writerOn(writable: <Row>(table: Rows<Row>) => Rows<Row>): TableWriter {
  return {
    put(table, id, row) {
      const next = writable(table);
      next[id] = row;
      return next;
    },
    drop(table, ids) {
      const present = ids.filter((id) => Object.hasOwn(table, id));
      if (present.length === 0) {
        return table;
      }
      const next = writable(table);
      for (const id of present) {
        delete next[id];
      }
      return next;
    },
  };
}
