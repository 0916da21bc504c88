import type {z} from 'zod';

import {dataSchemaOf, type Envelope} from './envelope.ts';

type EventData = Readonly<Record<string, unknown>>;

/** How events of an old type are read as the next version of it, and how that is written as of old. */
export interface Upcaster {
  /** Type of the stored bytes, `cim.port.labelled.v1`: a fixture of them is kept. */
  readonly from: string;
  readonly to: string;
  /** The data as `to` has it; undefined: it is no data of `from`. */
  up(data: EventData): EventData | undefined;
  /** The data as `from` had it; null: it cannot be said there. `up` gives back what went in. */
  down(data: EventData): EventData | null;
}

/** Old types and what they are read as, one line each. A type in `from` is never decided on. */
export const UPCASTERS: readonly Upcaster[] = [];

/** An upcaster between two schemas: what does not fit its schema does not reach a function. */
export function defineUpcaster<Old extends z.ZodType<EventData>, New extends z.ZodType<EventData>>({
  from,
  to,
  up,
  down,
}: {
  readonly from: {readonly type: string; readonly schema: Old};
  readonly to: {readonly type: string; readonly schema: New};
  readonly up: (data: z.infer<Old>) => z.infer<New>;
  readonly down: (data: z.infer<New>) => z.infer<Old> | null;
}): Upcaster {
  return {
    from: from.type,
    to: to.type,
    up(data) {
      const read = from.schema.safeParse(data);
      return read.success ? up(read.data) : undefined;
    },
    down: (data) => down(to.schema.parse(data)),
  };
}

/** An event as its newest version has it; undefined: its data are not of its type. */
export function newestForm(event: Envelope, upcasters: readonly Upcaster[]): Envelope | undefined {
  let form = event;
  for (;;) {
    const step = upcasters.find(({from}) => from === form.type);
    if (step === undefined) {
      return form;
    }
    const data = step.up(form.data);
    if (data === undefined) {
      return undefined;
    }
    form = formOf(form, step.to, data);
  }
}

/**
 * An event in the newest version that is among the types an earlier release can read. What cannot
 * be said in one of those stays as it is: that release keeps and shows it.
 */
export function olderForm(
  event: Envelope,
  readable: ReadonlySet<string>,
  upcasters: readonly Upcaster[] = UPCASTERS,
): Envelope {
  let form = event;
  while (!readable.has(form.type)) {
    const step = upcasters.find(({to}) => to === form.type);
    const data = step?.down(form.data) ?? null;
    if (step === undefined || data === null) {
      return event;
    }
    form = formOf(form, step.from, data);
  }
  return form;
}

const formOf = (event: Envelope, type: string, data: EventData): Envelope => ({
  ...event,
  type,
  dataschema: dataSchemaOf(type),
  data: {...data},
});
