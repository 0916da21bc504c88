import {commandWords} from '#domain/job/words.ts';
import type {Dialog} from '#store/overlay.ts';

import {viewOf} from '../console.ts';
import {howFar, markedJob} from '../job-items.ts';
import {openDialog, openOverlay} from './overlays.ts';
import type {ViewAction} from './view-action.ts';
import {openChain} from './why.ts';
import {sendWish} from './wishes.ts';

export const openJobs: ViewAction = {
  id: 'jobs',
  title: 'jobs: what takes long, how far it is; cancel there',
  run: (console) => openOverlay(console, {kind: 'jobs', cursorId: null, cursorIndex: 0}),
};

export const showJobEvents: ViewAction = {
  id: 'job.events',
  title: 'the events of the job, to who began it',
  refusal: (view) => (markedJob(view) === undefined ? 'there is no job here' : null),
  run(console) {
    const view = viewOf(console);
    const job = markedJob(view);
    if (job !== undefined) {
      const line = {name: 'job', origin: {kind: 'event', sequence: job.sequence}} as const;
      openChain(console, `WHY JOB ${commandWords(job.command)}`, line, view.ui.overlay);
    }
  },
};

export const cancelJob: ViewAction = {
  id: 'job.cancel',
  title: 'cancel the job',
  changesLeaf: true,
  refusal(view) {
    switch (markedJob(view)?.state) {
      case undefined:
        return 'there is no job here';
      case 'ended':
        return 'this job has ended already';
      case 'cancelling':
        return 'this job is to end already';
      default:
        return null;
    }
  },
  run(console) {
    const view = viewOf(console);
    const job = markedJob(view);
    if (job === undefined) {
      return;
    }
    const name = commandWords(job.command);
    const seen = view.read.inventory.sequence;
    const dialog: Dialog = {
      title: `CANCEL ${name.toUpperCase()}?`,
      facts: [
        {name: 'What', text: `${name} of ${job.actor ?? '-'}: ${howFar(view, job)}`},
        {name: 'Hits', text: 'it ends; what it has done so far stays'},
        {name: 'Back', text: 'it can be begun anew'},
        {name: 'Same as', text: `cim-tui job cancel ${job.id}`},
      ],
      buttons: [
        {label: 'No, let it go on', effect: {kind: 'close'}},
        {
          label: 'Cancel it',
          effect: {
            kind: 'wishes',
            wishes: [{aggregate: 'job', verb: 'cancel', target: job.id, data: {}, seen}],
            done: `cancelled ${name}`,
          },
        },
      ],
    };
    openDialog(console, dialog, view.ui.overlay);
  },
};

export const resumeJob: ViewAction = {
  id: 'job.resume',
  title: 'let a job go on that a restart cut off',
  changesLeaf: true,
  refusal: (view) => (markedJob(view)?.state === 'asking' ? null : 'this job does not ask'),
  run(console) {
    const {read, ...view} = viewOf(console);
    const job = markedJob({read, ...view});
    if (job !== undefined) {
      const wish = {aggregate: 'job', verb: 'resume', target: job.id, data: {}};
      const seen = read.inventory.sequence;
      void sendWish(console, {...wish, seen}, `${commandWords(job.command)} goes on`);
    }
  },
};

export const verifyEvents: ViewAction = {
  id: 'event.verify',
  title: 'begin event verify: the digest of every stored event anew',
  changesLeaf: true,
  run(console) {
    const {leafId} = viewOf(console).read;
    const wish = {aggregate: 'event', verb: 'verify', target: leafId, data: {}};
    void sendWish(console, wish, 'event verify has begun');
  },
};
