import {jobsInOrder} from '#domain/job/order.ts';
import type {JobState} from '#domain/job/state.ts';
import {commandWords, endWords, progressWords} from '#domain/job/words.ts';
import type {Overlay} from '#store/overlay.ts';

import {cutSpans, spreadSpans} from './components/titles.ts';
import type {View} from './console.ts';
import {cursorLine, type ListItem, plainItem} from './lists.ts';
import {padEnd} from './theme/fit.ts';
import type {Span, Tone} from './theme/paint.ts';
import {ageText} from './words/times.ts';

/** The list of jobs lies over the screen. */
export type JobsOverlay = Extract<Overlay, {kind: 'jobs'}>;

/** `JOBS (1 open, 3 ended)`. */
export function jobsTitle({read}: View): string {
  const jobs = Object.values(read.inventory.jobs);
  const open = jobs.filter(({state}) => state !== 'ended').length;
  return `JOBS (${open} open, ${jobs.length - open} ended)`;
}

/** A line for each job, open ones first. */
export function jobItems(view: View): readonly ListItem[] {
  const jobs = jobsInOrder(view.read.inventory.jobs);
  return jobs.length === 0
    ? [plainItem({text: ' no job yet; V computes the digest of every stored event anew'})]
    : jobs.map((job) => ({id: job.id, spans: (isSelected) => jobSpans(view, job, isSelected)}));
}

/** The job on which the cursor stands; undefined: there is none. */
export function markedJob(view: View): JobState | undefined {
  const {overlay} = view.ui;
  if (overlay?.kind !== 'jobs') {
    return undefined;
  }
  const items = jobItems(view);
  const id = items[cursorLine(items, overlay)]?.id ?? '';
  return view.read.inventory.jobs[id];
}

/** How far it is, or how it ended. */
export function howFar({read}: Pick<View, 'read'>, job: JobState): string {
  const progress = read.progress[job.id];
  switch (job.state) {
    case 'running':
      return progress === undefined ? 'running' : progressWords(progress);
    case 'asking':
      return 'cut off by a restart: go on?';
    case 'cancelling':
      return 'it is to end';
    case 'ended':
      return endWords(job);
  }
}

const NAME_CELLS = 14;
const STATE_CELLS = 11;

const toneOf = ({state, outcome}: JobState): Tone =>
  state === 'asking' ? 'warning' : outcome === 'failed' ? 'fault' : 'plain';

function jobSpans(view: View, job: JobState, isSelected: boolean): readonly Span[] {
  const {theme, ui} = view;
  const right = `${job.actor ?? '-'} ${ageText(ui.now, Date.parse(job.since)).padStart(5)}`;
  const left: readonly Span[] = [
    {text: isSelected ? theme.glyphs.cursor : ' '},
    {text: padEnd(commandWords(job.command), NAME_CELLS), tone: 'strong'},
    {text: padEnd(job.outcome ?? job.state, STATE_CELLS), tone: toneOf(job)},
    {text: howFar(view, job)},
  ];
  return spreadSpans(
    cutSpans(left, ui.columns - right.length - 2, theme.glyphs.ellipsis),
    [{text: right, tone: 'quiet'}],
    ui.columns - 1,
  );
}
