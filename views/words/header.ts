import type {PastPlace} from '#store/past.ts';
import {spreadSpans} from '../components/titles.ts';
import type {View} from '../console.ts';
import {widthOf} from '../theme/fit.ts';
import type {Span, Tone} from '../theme/paint.ts';
import {minuteText, momentText} from './times.ts';

/** ` gate-cabinet (7fq2k13)        anna      LIVE   14:32`. */
export function headerSpans(view: View): readonly Span[] {
  const {read, ui} = view;
  const {label} = read.inventory.leaf;
  const name = label === null ? read.leafId : `${label} (${read.leafId})`;
  const left: readonly Span[] = [{text: ` ${name}`, tone: 'strong'}];
  const signs = signsOf(view).flatMap(({text, tone}): readonly Span[] => [
    {text: '  '},
    {text, tone},
  ]);
  const right: readonly Span[] = [
    {text: read.actor, tone: 'quiet'},
    {text: '  '},
    ...signs,
    {text: `   ${minuteText(ui.now)} `},
  ];
  const free = ui.columns - right.reduce((sum, {text}) => sum + widthOf(text), 0);
  return spreadSpans(left, right, Math.max(ui.columns, free));
}

interface Sign {
  readonly text: string;
  readonly tone: Tone;
}

/** DEMO or REPLAY beside any other; PAST in the place of LIVE and STALE; READONLY beside LIVE or STALE; LIMITED when something is missing. */
export function signsOf({read, ui}: View): readonly Sign[] {
  const {connection, leafKind, isReadonly, limits, past} = read;
  const seconds = Math.max(0, Math.floor((ui.now - connection.since) / 1000));
  const signs: Sign[] = [];
  if (leafKind !== 'real') {
    signs.push({text: leafKind.toUpperCase(), tone: 'mark'});
  }
  if (isReadonly) {
    signs.push({text: 'READONLY', tone: 'warning'});
  }
  if (past !== null) {
    return [...signs, {text: pastText(past), tone: 'warning'}];
  }
  switch (connection.kind) {
    case 'connecting':
      return [...signs, {text: 'CONNECTING', tone: 'warning'}];
    case 'stale':
      return [...signs, {text: `STALE ${staleText(seconds)}`, tone: 'fault'}];
    case 'live':
      return [
        ...signs,
        limits === null ? {text: 'LIVE', tone: 'good'} : {text: 'LIMITED', tone: 'warning'},
      ];
  }
}

/** Where in the past, and whether its time is to be trusted. */
const pastText = ({sequence, time, clock}: PastPlace): string =>
  [
    'PAST',
    sequence,
    time === null ? '' : momentText(0, Date.parse(time)),
    clock === 'unsynced' ? '(clock unsynced)' : '',
  ]
    .filter((word) => word !== '')
    .join(' ');

/** ` 1 Overview  2 Ports  3 Containers  4 Events  5 Udev      h help`. */
export function tabSpans({ui}: View): readonly Span[] {
  const tabs = TABS.flatMap(({id, text}): readonly Span[] => [
    {text: ' '},
    {text, tone: id === ui.screen ? 'title' : 'plain'},
    {text: ' '},
  ]);
  return spreadSpans(tabs, [{text: 'h help ', tone: 'quiet'}], ui.columns);
}

const TABS = [
  {id: 'overview', text: '1 Overview'},
  {id: 'ports', text: '2 Ports'},
  {id: 'containers', text: '3 Containers'},
  {id: 'events', text: '4 Events'},
  {id: 'udev', text: '5 Udev'},
] as const;

const staleText = (seconds: number): string =>
  seconds < 60
    ? `${seconds}s`
    : seconds < 3600
      ? `${Math.floor(seconds / 60)}m`
      : `${Math.floor(seconds / 3600)}h`;
