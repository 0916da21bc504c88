import {movesSince, type SINCE_FIELDS} from './since.ts';
import type {Step} from './step.ts';

interface Known {
  readonly fields: Readonly<Record<string, number>>;
  readonly since: string;
}

/** Values by field; a field that is undefined is left as it is. */
export type Changes<Row> = {readonly [Field in keyof Row]?: Row[Field] | undefined};

/**
 * A row with what a step changes of it: for each field its sequence, and `since` begun anew where
 * the aggregate counts from one of them. Replay spends its time here: no lists in between.
 */
export function setFields<Row extends Known>(
  aggregate: keyof typeof SINCE_FIELDS,
  known: Row | undefined,
  changes: Changes<Row>,
  {sequence, time}: Step,
): Row {
  const given: Record<string, unknown> = {};
  const fields: Record<string, number> = {...known?.fields};
  let since = known?.since;
  for (const [field, value] of Object.entries(changes)) {
    if (value !== undefined) {
      given[field] = value;
      fields[field] = sequence;
      if (movesSince(aggregate, field)) {
        since = time;
      }
    }
  }
  return {...known, ...given, since, sequence, fields} as unknown as Row;
}
