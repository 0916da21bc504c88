import type {Page} from '#client/leaf-client.ts';
import {CimError} from '#domain/errors.ts';

import type {Connected, Invocation, VerbOption} from './verb.ts';

/** A moment of the leaf: the sequence of an event, or a time as events carry it. */
export type Moment = number | string;

/** Option of every command that only reads. */
export const AT_OPTION: VerbOption = {
  name: 'at',
  value: 'MOMENT',
  summary: 'as it was: a sequence, a time, `yesterday 14:00` or `-15m`',
};

const UNIT_MS = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000} as const;

/** What a person means by a moment; local time where no zone is named. undefined: nothing. */
export function readMoment(text: string, nowMs: number): Moment | undefined {
  if (/^[1-9]\d{0,14}$/.test(text)) {
    return Number(text);
  }
  const [, count, unit] = /^-(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count !== undefined) {
    return isoOf(nowMs - Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS]);
  }
  const [, day, clock] =
    /^(?:(today|yesterday)(?: |$))?(\d{1,2}:\d\d(?::\d\d)?)?$/.exec(text) ?? [];
  if (day !== undefined || clock !== undefined) {
    return dayTime(nowMs, day === 'yesterday', clock ?? '0:00');
  }
  return /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text)
    ? isoOf(Date.parse(text.includes(':') ? text.replace(' ', 'T') : `${text}T00:00`))
    : undefined;
}

function dayTime(nowMs: number, isYesterday: boolean, clock: string): string | undefined {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  if (hours > 23 || minutes > 59 || seconds > 59) {
    return undefined;
  }
  const date = new Date(nowMs);
  date.setDate(date.getDate() - (isYesterday ? 1 : 0));
  date.setHours(hours, minutes, seconds, 0);
  return isoOf(date.getTime());
}

const isoOf = (ms: number): string | undefined =>
  Number.isNaN(ms) ? undefined : new Date(ms).toISOString();

/** The moment behind an option or word. @throws CimError `bad-moment` */
export function demandMoment(text: string, nowMs: number): Moment {
  const moment = readMoment(text, nowMs);
  if (moment === undefined) {
    throw new CimError('bad-moment', text);
  }
  return moment;
}

/** Rows of a view, and the time from which their ages count. */
export interface Reading extends Page {
  readonly nowMs: number;
}

/** Every row of a view, as of `--at` where it is given. @throws CimError as `LeafClient.query` */
export async function readView(
  {world, args}: Invocation,
  {client}: Pick<Connected, 'client'>,
  view: readonly [view: string, verb: string],
  request: Readonly<Record<string, unknown>> = {},
): Promise<Reading> {
  const nowMs = world.now();
  const text = args.options.at;
  const at = typeof text === 'string' ? {at: demandMoment(text, nowMs)} : {};
  const page = await client.query(...view, {...request, ...at});
  const isPast = 'at' in at && page.time !== null;
  return {...page, nowMs: isPast ? Date.parse(page.time ?? '') : nowMs};
}
