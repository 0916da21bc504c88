import {describe, expect, it} from 'vitest';

import {portDetail} from '#store/ui-store.ts';
import {createBareConsole} from '#test/support/bare-console.ts';
import {SAMPLE_NOW} from '#test/support/sample-events.ts';

describe('the command line', () => {
  it('shows several lines whole, and one line as the answer', async () => {
    const bare = createBareConsole();
    bare.answers.command = {lines: ['one', 'two'], exitCode: 0};
    bare.press(':port list\r');
    await bare.settled();
    expect(bare.outside.commands).toEqual(['port list']);
    expect(bare.ui().overlay).toMatchObject({kind: 'viewer', lines: ['one', 'two']});
    bare.press('q');
    bare.answers.command = {lines: ['there is no such port'], exitCode: 3};
    bare.press(':port show x\r');
    await bare.settled();
    expect(bare.ui().answer).toEqual({text: 'there is no such port', kind: 'refused'});
  });

  it('takes a paste as text, and does not run it', async () => {
    const bare = createBareConsole();
    bare.press(':\u001b[200~port forget x\r\u001b[201~');
    await bare.settled();
    expect(bare.outside.commands).toEqual([]);
    expect(bare.ui().overlay).toMatchObject({input: {text: 'port forget x '}});
  });
});

describe('leaving', () => {
  it('asks once whether the leaf goes on recording', () => {
    const bare = createBareConsole({read: {asksOnQuit: true}});
    bare.press('q');
    expect(bare.outside.quits).toEqual([]);
    bare.time.advance(400);
    bare.press('\t\r');
    expect(bare.outside.quits).toEqual([{keepRecording: false}]);
  });

  it('by Ctrl-C needs two of them within a second', () => {
    const bare = createBareConsole();
    bare.press('\u0003');
    bare.time.advance(1_500);
    bare.press('\u0003');
    expect(bare.outside.quits).toEqual([]);
    bare.time.advance(500);
    bare.press('\u0003');
    expect(bare.outside.quits).toEqual([{keepRecording: null}]);
  });

  it('never happens by Esc', () => {
    const bare = createBareConsole();
    bare.press('\u001b');
    bare.press('\u001b');
    expect(bare.outside.quits).toEqual([]);
  });
});

it('walks back through the plugs with n, newest first', () => {
  const plug = (portId: string, sequence: number) => ({
    portId,
    sequence,
    deviceId: 'd',
    at: SAMPLE_NOW,
    fromPortId: null,
  });
  const plugs = [plug('usb-14-0-3', 32), plug('usb-14-0-1', 20)];
  const bare = createBareConsole({read: {plugs}});
  const seen = ['n', 'n', 'n'].map((key) => {
    bare.press(key);
    return portDetail(bare.ui())?.portId;
  });
  expect(seen).toEqual(['usb-14-0-3', 'usb-14-0-1', 'usb-14-0-3']);
});

it('acts on all marked ports, or tells that only one goes', () => {
  const bare = createBareConsole();
  bare.press('2  e');
  expect(bare.ui().answer?.text).toMatch(/only one port at a time/);
  bare.press('\u001b');
  bare.press('\u001b[F');
  expect(bare.ui().lists.ports.marked.size).toBe(0);
});

describe('a filter', () => {
  it('tells of a column that does not exist', () => {
    const bare = createBareConsole();
    bare.press('2/colour:red\r');
    expect(bare.ui().answer?.text).toMatch(/^there is no column "colour"; there are port, /);
  });

  it('is kept for each screen', () => {
    const bare = createBareConsole();
    bare.press('2/usb\r4/ben\r2');
    expect(bare.ui().lists.ports.filter).toBe('usb');
    expect(bare.ui().lists.events.filter).toBe('ben');
  });
});

describe('recording raw uevents', () => {
  it('begins with R, says where to, and ends with R', async () => {
    const bare = createBareConsole();
    bare.press('5R');
    await bare.settled();
    expect(bare.ui().recording).toBe('/home/anna/uevents-1.uevents');
    bare.press('R');
    await bare.settled();
    expect(bare.outside.calls).toEqual(['record', 'stop recording']);
    expect(bare.ui()).toMatchObject({
      recording: null,
      answer: {kind: 'done', text: expect.stringContaining('9 records')},
    });
  });
});
