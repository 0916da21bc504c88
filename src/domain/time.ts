const SHAPE = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3})\d*)?Z$/;

/**
 * Milliseconds since 1970 of a time as events carry it; NaN for any other text. This room has no
 * Date: the days are counted by the calendar's own rule (years from March, leap day last).
 */
export function epochMsOf(time: string): number {
  const [, ...texts] = SHAPE.exec(time) ?? [];
  const [year = Number.NaN, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0] =
    texts.map(Number);
  const marchYear = month > 2 ? year : year - 1;
  const monthFromMarch = (month + 9) % 12;
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
  const days = marchYear * 365 + leapDays + dayOfYear - DAYS_TO_1970;
  const ms = Number((texts[6] ?? '').padEnd(3, '0'));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + ms;
}

/** Days from March of the year 0 to the first of January 1970. */
const DAYS_TO_1970 = 719_468;
