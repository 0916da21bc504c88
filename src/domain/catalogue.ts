import type {z} from 'zod';

import {causeField, type UnstoredCause} from './cause.ts';
import {deviceEvents} from './device/events.ts';
import {jobEvents} from './job/events.ts';
import {leafEvents} from './leaf/events.ts';
import {portEvents} from './port/events.ts';
import {roleEvents} from './role/events.ts';

/** Every event type this build knows, with the schema of its data. */
export const EVENT_SCHEMAS = {
  ...leafEvents,
  ...portEvents,
  ...deviceEvents,
  ...roleEvents,
  ...jobEvents,
} as const;

export type EventType = keyof typeof EVENT_SCHEMAS;

/** What happened: type, the aggregate's id, and the data of that type. */
export type Fact<T extends EventType = EventType> = {
  readonly [K in T]: {
    readonly type: K;
    readonly subject: string;
    readonly data: z.infer<(typeof EVENT_SCHEMAS)[K]>;
  };
}[T];

/** True when this build knows the type. */
export const isEventType = (type: string): type is EventType => Object.hasOwn(EVENT_SCHEMAS, type);

/** The parts of `cim.<aggregate>.<event>.v<n>`, or undefined for a type of another shape. */
export function partsOfType(
  type: string,
): {aggregate: string; event: string; version: number} | undefined {
  const match = /^cim\.([a-z][a-z-]*)\.([a-z][a-z-]*)\.v(\d{1,4})$/.exec(type);
  const [, aggregate, event, version] = match ?? [];
  if (aggregate === undefined || event === undefined || version === undefined) {
    return undefined;
  }
  return {aggregate, event, version: Number(version)};
}

/** An observed fact with what made it be seen; other facts have no such field and stay as they are. */
export function withCause(fact: Fact, cause: UnstoredCause): Fact {
  const shape: Readonly<Record<string, unknown>> = EVENT_SCHEMAS[fact.type].shape;
  if (shape.cause !== causeField.cause) {
    return fact;
  }
  // The schema of this very type has the field; the compiler cannot follow through the union.
  return {...fact, data: {...fact.data, cause}} as unknown as Fact;
}
