const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  ...['Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
] as const;

/** How long ago, at most 5 cells: `now`, `20 s`, `5 m`, `3 h`, `41 d`. Seconds go in tens. */
export function ageText(now: number, then: number): string {
  const age = now - then;
  if (age < 10 * SECOND) {
    return 'now';
  }
  if (age < MINUTE) {
    return `${Math.floor(age / SECOND / 10) * 10} s`;
  }
  if (age < HOUR) {
    return `${Math.floor(age / MINUTE)} m`;
  }
  return age < 2 * DAY ? `${Math.floor(age / HOUR)} h` : `${Math.floor(age / DAY)} d`;
}

/** `just now`, `5 m ago`. */
export function agoText(now: number, iso: string): string {
  const age = ageText(now, Date.parse(iso));
  return age === 'now' ? 'just now' : `${age} ago`;
}

/** `14:31:55`, on the local clock. */
export function clockText(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** `14:31`, on the local clock. */
export const minuteText = (at: number): string => clockText(at).slice(0, 5);

/** `Sun 22 Nov`, with the year where it is not this one; `today`. */
export function dayText(now: number, at: number): string {
  const date = new Date(at);
  const today = new Date(now);
  if (isSameDay(date, today)) {
    return 'today';
  }
  const day = `${WEEKDAYS[date.getDay()]} ${date.getDate()} ${MONTHS[date.getMonth()]}`;
  return date.getFullYear() === today.getFullYear() ? day : `${day} ${date.getFullYear()}`;
}

/** True when both lie on one day of the local calendar. */
export const isSameDay = (a: Date, b: Date): boolean =>
  a.getFullYear() === b.getFullYear() &&
  a.getMonth() === b.getMonth() &&
  a.getDate() === b.getDate();

/** A moment in 5 cells: `17:21` today, `22Nov` this year, else the year. */
export function shortDateText(now: number, at: number): string {
  const date = new Date(at);
  const today = new Date(now);
  if (isSameDay(date, today)) {
    return minuteText(at);
  }
  return date.getFullYear() === today.getFullYear()
    ? `${date.getDate()}${MONTHS[date.getMonth()]}`
    : String(date.getFullYear());
}

/** `22 Nov 17:21`: a moment in at most 12 cells. */
export function momentText(now: number, at: number): string {
  const date = new Date(at);
  const clock = minuteText(at);
  return isSameDay(date, new Date(now))
    ? clock
    : `${date.getDate()} ${MONTHS[date.getMonth()]} ${clock}`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
