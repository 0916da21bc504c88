import {describe, expect, it} from 'vitest';

import {createBareConsole} from '#test/support/bare-console.ts';
import {SAMPLE_LEAF} from '#test/support/sample-events.ts';
import {sampleInventory} from '#test/support/sample-inventory.ts';
import {jobsWithOneAsking} from '#test/support/sample-jobs.ts';
import {viewOf} from '#views/console.ts';
import {screenList} from '#views/screen-list.ts';

const {jobs, running, asking} = jobsWithOneAsking;
const INVENTORY = {...sampleInventory, jobs};

const open = (read: object = {}) => createBareConsole({read: {inventory: INVENTORY, ...read}});
const answerOf = (bare: ReturnType<typeof open>) => bare.ui().answer?.text;

describe('jobs', () => {
  it('are cancelled after a question that names the command and its words for the shell', async () => {
    const bare = open();
    bare.press('bC');
    bare.time.advance(400);
    const {overlay} = bare.ui();
    const facts = overlay?.kind === 'dialog' ? overlay.dialog.facts : [];
    expect(facts.at(-1)?.text).toBe(`cim-tui job cancel ${running}`);
    bare.press('\t\r');
    await bare.settled();
    expect(bare.outside.wishes).toEqual([
      {
        aggregate: 'job',
        verb: 'cancel',
        target: running,
        data: {},
        seen: sampleInventory.sequence,
      },
    ]);
    expect(answerOf(bare)).toBe('cancelled event verify · event 100');
    expect(bare.ui().overlay?.kind).toBe('jobs');
  });

  it('that ask are resumed; others say that they do not ask', async () => {
    const bare = open();
    bare.press('bR');
    expect(answerOf(bare)).toBe('this job does not ask');
    bare.press('jR');
    await bare.settled();
    expect(bare.outside.wishes).toMatchObject([{verb: 'resume', target: asking}]);
    expect(answerOf(bare)).toBe('event verify goes on · event 100');
  });

  it('that have ended are not cancelled', () => {
    const bare = open();
    bare.press('bGC');
    expect(answerOf(bare)).toBe('this job has ended already');
    expect(bare.outside.wishes).toEqual([]);
  });

  it('are begun here: every event is looked at', async () => {
    const bare = open({inventory: sampleInventory});
    bare.press('bV');
    await bare.settled();
    expect(bare.outside.wishes).toMatchObject([{verb: 'verify', target: SAMPLE_LEAF}]);
    expect(answerOf(bare)).toBe('event verify has begun · event 100');
  });

  it('are left alone in a console that changes nothing, and in the past', () => {
    const bare = open({isReadonly: true});
    for (const key of ['C', 'R', 'V']) {
      bare.press(`b${key}`);
      expect(answerOf(bare)).toBe('READONLY: this console changes nothing');
      bare.press('\u001b');
    }
    expect(bare.outside.wishes).toEqual([]);
  });

  it('lead from the overview to their list', () => {
    const bare = open();
    const items = () => screenList(viewOf(bare.console)).items;
    const at = items().findIndex(({id}) => id === 'now:jobs');
    expect(at).toBeGreaterThan(0);
    bare.console.ui.setState(({lists}) => ({
      lists: {...lists, overview: {...lists.overview, cursorId: 'now:jobs'}},
    }));
    bare.press('\r');
    expect(bare.ui().overlay?.kind).toBe('jobs');
  });
});
