import {type ReadStored, whyChain} from '#domain/event/why.ts';
import type {StoredMessage} from '#domain/message.ts';
import type {ExplainedCell, Overlay, Reading} from '#store/overlay.ts';
import type {SourceLine} from '#store/source-lines.ts';

import {type Console, viewOf} from '../console.ts';
import {cursorLine, moveCursor} from '../lists.ts';
import {isListOverlay, overlayItems} from '../overlay-list.ts';
import {messageJson} from '../row-json.ts';
import {type Explanation, explanationItems, sourceAt, sourceId} from '../why-items.ts';
import {type WhyTarget, whyTarget} from '../why-target.ts';
import {openOverlay, openViewer} from './overlays.ts';
import {answer, type ViewAction} from './view-action.ts';
import {failureText} from './wishes.ts';

/** What takes longer than this is told to be read. */
const SLOW_MS = 100;

export const explain: ViewAction = {
  id: 'why',
  title: 'why this cell: what made it so, and who',
  refusal: (view) => (whyTarget(view) === null ? 'there is no row here' : null),
  run(console) {
    const target = whyTarget(viewOf(console));
    if (target?.kind === 'event') {
      const {sequence} = target;
      const line: SourceLine = {name: 'event', origin: {kind: 'event', sequence}};
      openChain(console, `WHY EVENT ${sequence}`, line, null);
    } else if (target !== null) {
      openCells(console, target);
    }
  },
};

export const openSource: ViewAction = {
  id: 'why.chain',
  title: 'the events behind it, to what began it',
  run(console) {
    const {overlay} = viewOf(console).ui;
    const found =
      overlay?.kind === 'why' ? sourceAt(overlay, markedIn(console, overlay)) : undefined;
    if (overlay?.kind === 'why' && found !== undefined) {
      const {cell, line} = found;
      openChain(console, `${overlay.title} ${cell.title}: ${line.name}`, line, overlay);
    }
  },
};

export const showStep: ViewAction = {
  id: 'why.event',
  title: 'the event as stored',
  refusal({ui: {overlay}}) {
    if (overlay?.kind !== 'chain' || overlay.steps.length > 0) {
      return null;
    }
    return overlay.reading.state === 'done'
      ? 'there is no event here to show'
      : 'it is still being read';
  },
  run(console) {
    const {overlay} = viewOf(console).ui;
    if (overlay?.kind !== 'chain') {
      return;
    }
    const id = markedIn(console, overlay);
    const step = overlay.steps.find(({sequence}) => String(sequence) === id);
    if (step === undefined || step.message === null) {
      answer(console, 'there is no event here to show', 'note');
      return;
    }
    const lines = JSON.stringify(messageJson(step.message), null, 2).split('\n');
    openViewer(console, `Event ${id} as stored`, lines, overlay);
  },
};

const moving = (id: string, title: string, by: number | 'first' | 'last'): ViewAction => ({
  id: `why.${id}`,
  title,
  run(console) {
    const view = viewOf(console);
    const {overlay} = view.ui;
    if (isListOverlay(overlay)) {
      const items = overlayItems(view, overlay);
      const place = moveCursor(items, cursorLine(items, overlay), by);
      console.ui.setState({overlay: {...overlay, ...place}});
    }
  },
});

/** Sources stand in groups below their cells. */
const PAGE = 8;

export const nextSource = moving('down', 'next one', 1);
export const sourceAbove = moving('up', 'one above', -1);
export const pageOfSources = moving('page-down', 'a page down', PAGE);
export const pageOfSourcesUp = moving('page-up', 'a page up', -PAGE);
export const firstSource = moving('first', 'first one', 'first');
export const lastSource = moving('last', 'last one', 'last');

const isExplanation = (overlay: Overlay | null): overlay is Explanation =>
  overlay?.kind === 'why' || overlay?.kind === 'chain';

function markedIn(console: Console, overlay: Explanation): string {
  const items = explanationItems(viewOf(console), overlay);
  return items[cursorLine(items, overlay)]?.id ?? '';
}

const WAITING: Reading = {state: 'waiting', error: null};
const DONE: Reading = {state: 'done', error: null};

/** The cells of a row at once; what their events say comes as it is read. */
function openCells(console: Console, target: Extract<WhyTarget, {kind: 'cells'}>): void {
  const {cells} = target;
  const at = Math.min(target.at, cells.length - 1);
  openOverlay(console, {
    kind: 'why',
    title: `WHY ${target.title}`,
    cells,
    events: {},
    reading: WAITING,
    cursorId: sourceId(at, 0),
    cursorIndex: 0,
  });
  const update = updater(console, (overlay) => overlay.kind === 'why' && overlay.cells === cells);
  const read = readerOf(console);
  void track(
    console,
    update,
    sequencesOf(cells).map(async (sequence) => {
      const message = (await read(sequence)) ?? null;
      update((overlay) =>
        overlay.kind === 'why'
          ? {...overlay, events: {...overlay.events, [sequence]: message}}
          : overlay,
      );
    }),
  );
}

const sequencesOf = (cells: readonly ExplainedCell[]): readonly number[] => [
  ...new Set(
    cells.flatMap(({lines}) =>
      lines.flatMap(({origin}) => (origin.kind === 'event' ? [origin.sequence] : [])),
    ),
  ),
];

/** The events behind one source, newest first, over what is open. */
export function openChain(
  console: Console,
  title: string,
  line: SourceLine,
  under: Overlay | null,
): void {
  const {origin} = line;
  openOverlay(console, {
    kind: 'chain',
    title,
    line,
    steps: [],
    reading: origin.kind === 'event' ? WAITING : DONE,
    cursorId: null,
    cursorIndex: 0,
    under,
  });
  if (origin.kind !== 'event') {
    return;
  }
  const update = updater(console, (overlay) => overlay.kind === 'chain' && overlay.line === line);
  const reading = async (): Promise<void> => {
    const steps = await whyChain(readerOf(console), origin.sequence);
    update((overlay) => (overlay.kind === 'chain' ? {...overlay, steps} : overlay));
  };
  void track(console, update, [reading()]);
}

/** One event: of those that the console keeps anyway, else of the store. */
function readerOf({read, ports}: Console): ReadStored {
  return async (sequence): Promise<StoredMessage | undefined> => {
    const {history} = read.getState();
    const kept = history[sequence - (history[0]?.sequence ?? 0)];
    return kept?.sequence === sequence ? kept : ports.readEvent(sequence);
  };
}

type Update = (change: (overlay: Explanation) => Explanation) => void;

/** Changes an explanation that is still open, also where something lies over it. */
function updater({ui}: Console, isIt: (overlay: Explanation) => boolean): Update {
  return (change) => {
    const changed = (overlay: Overlay | null): Overlay | null => {
      if (isExplanation(overlay) && isIt(overlay)) {
        return change(overlay);
      }
      return overlay !== null && 'under' in overlay
        ? {...overlay, under: changed(overlay.under)}
        : overlay;
    };
    const before = ui.getState().overlay;
    const overlay = changed(before);
    ui.setState({overlay});
  };
}

/** Tells when reading takes long, when it is done, and what went wrong. */
async function track(
  console: Console,
  update: Update,
  work: readonly Promise<void>[],
): Promise<void> {
  console.after(SLOW_MS, () =>
    update(({reading, ...overlay}) => ({
      ...overlay,
      reading: reading.state === 'waiting' ? {...reading, state: 'slow'} : reading,
    })),
  );
  const outcomes = await Promise.allSettled(work);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  const error = failed === undefined ? null : failureText(failed.reason);
  update((overlay) => ({...overlay, reading: {state: 'done', error}}));
}
