import {type KeyRow, key, typed} from '#test/support/key-rows.ts';

/** The made-up leaf has lived for minutes: an hour ago it was not there. */
export const PAST_KEYS: readonly KeyRow[] = [
  typed('4', 'OBJECT'),
  key('all', '[', /PAST \d+ /),
  key('all', ']', 'LIVE'),
  key('all', '@', 'time: '),
  typed('1\r', /PAST 1 /),
  typed('U', 'PAST: what has been cannot be changed'),
  typed('\u001b', 'LIVE'),
  typed('[', /PAST \d+ /),
  key('all', '}', 'LIVE'),
  key('all', '{', 'nothing had been recorded then'),
];
