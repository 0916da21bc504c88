import {afterAll, beforeAll, describe, expect, it} from 'vitest';

import type {CliWorld} from '#cli/verb.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createMemoryDeviceMonitor} from '#drivers/memory/device-monitor.ts';
import {loadFixture} from '#test/support/hardware.ts';
import {runWords} from '#test/support/run-words.ts';
import {openMemoryLeaf} from '../../../src/wiring/memory-leaf.ts';
import type {Reached} from '../../../src/wiring/reach.ts';

// What the command line prints is local.
process.env.TZ = 'Europe/Berlin';

const ending = new AbortController();
let leaf: Reached;

beforeAll(async () => {
  leaf = await openMemoryLeaf(
    {
      leafId: 'l',
      actor: 'anna',
      monitor: createMemoryDeviceMonitor([...loadFixture('edge-box'), ...loadFixture('ftdi-1-3')]),
      clock: createMemoryClock(),
      usage: {read: async () => ({})},
      meter: {read: () => new Promise(() => undefined)},
    },
    ending.signal,
  );
  for (const [target, label] of [
    ['1-3', 'USB 3'],
    ['1-1', 'USB 1'],
  ]) {
    await leaf.client.send({aggregate: 'port', verb: 'label', target: target ?? '', data: {label}});
  }
  const scale = {aggregate: 'role', verb: 'bind', target: 'scale', data: {port: 'USB 3'}};
  await leaf.client.send(scale);
});
afterAll(() => ending.abort());

async function why(...words: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const world = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    connect: async () => ({...leaf, close: async () => undefined}),
    now: () => Date.parse('2026-11-22T16:00:12.000Z'),
    signal: ending.signal,
  } as unknown as CliWorld;
  const code = await runWords(['event', 'why', ...words], world);
  return {out, err, code, json: () => out.map((line) => JSON.parse(line))};
}

describe('event why', () => {
  it('tells the chain of a field as a story, by id or label', async () => {
    const {out, code} = await why('port', 'USB 3', 'label');
    expect(code).toBe(0);
    expect(out).toEqual([
      'USB 3, label USB 3: anna asked for it over console',
      expect.stringMatching(
        /^ {2}2026-11-22T17:0\d:\d\d\+01:00 {2}event \d+ {2}USB 3 labelled "" → "USB 3"$/,
      ),
      expect.stringMatching(/^ {29}asked by anna over console \(says: tty\)$/),
    ]);
    const [{id = ''} = {}] = (await why('port', 'USB 3', '--json')).json();
    expect(await why('port', id, 'label')).toMatchObject({out});
  });

  it('leads from what was found to the start of the agent', async () => {
    const {out} = await why('port', 'USB 3', 'deviceId');
    expect(out[0]).toMatch(/^USB 3, deviceId d-\S+: it was found: enumerated: start$/);
    expect(out.slice(1).join('\n')).toMatch(
      /USB 3 found FTDI.*\n *seen by enumeration: enumerated: start, after event 2\n.* event 2 {2}leaf started/,
    );
  });

  it('without a field tells of each: value, since when, by whom or what', async () => {
    const {out} = await why('port', 'USB 3');
    const lineOf = (field: string): string =>
      out.find((line) => line.startsWith(`${field} `))?.replace(/ +/g, ' ') ?? '';
    expect(out[1]).toMatch(/^FIELD +VALUE +SINCE +EVENT +MADE SO BY$/);
    expect(lineOf('label')).toMatch(/^label USB 3 2026-\S+ \d+ USB 3 labelled .* asked by anna/);
    expect(lineOf('state')).toMatch(/^state present 2026-\S+ 3?\d+ USB 3 found .* seen by enum/);
    expect(lineOf('role')).toMatch(/^role scale 2026-\S+ \d+ role scale bound to USB 3, asked by/);
    expect(lineOf('direction')).toMatch(/^direction both 2026-\S+ \d+ USB 3 found /);
    expect(lineOf('user')).toMatch(/^user \S+.* - - live: \/proc.*, by the leaf's service layer, /);
    expect(lineOf('since')).toContain(' USB 3 found ');
  });

  it.each(['port', 'device', 'role', 'leaf'])(
    'of a %s gives each field with its events, one JSON object a line',
    async (noun) => {
      const ids = {port: 'USB 3', device: '', role: 'scale', leaf: 'l'};
      const {rows} = await leaf.client.query('device', 'list');
      const target = ids[noun as keyof typeof ids] || (rows[0] as {id: string}).id;
      const {code, json, err} = await why(noun, target, '--json');
      expect({code, err}).toEqual({code: 0, err: []});
      const lines = json();
      expect(lines.length).toBeGreaterThan(1);
      for (const line of lines.filter(({live}) => live === undefined)) {
        const isUnset = noun === 'leaf' && line.field === 'label';
        expect(line.events.length, line.field).toBe(isUnset ? 0 : 1);
        for (const event of line.events) {
          expect(event).toMatchObject({sequence: expect.any(Number), time: expect.any(String)});
        }
      }
    },
  );

  it('of a field gives a step a line in JSON, with its origin', async () => {
    const {json} = await why('role', 'scale', 'target', '--json');
    expect(json()).toMatchObject([
      {
        id: 'scale',
        field: 'target',
        type: 'cim.role.bound.v1',
        origin: {kind: 'command', actor: 'anna', channel: 'console'},
        earlier: null,
      },
    ]);
  });

  it('tells of what is read live, and of what nothing has set', async () => {
    expect((await why('port', 'USB 3', 'user')).out).toEqual([
      expect.stringMatching(/^USB 3, user .*: live: \/proc.*, by the leaf's service layer, /),
    ]);
    expect((await why('port', 'USB 1', 'role')).out).toEqual(['USB 1, role -: nothing has set it']);
    expect((await why('leaf', 'l', 'label')).out).toEqual(['l, label -: nothing has set it']);
  });

  it.each([
    [3, ['port', 'USB 33'], /there is no such port: USB 33; nearest: USB 3, USB 1; /],
    [3, ['role', 'scael'], /there is no such role: scael; nearest: scale; /],
    [3, ['leaf', 'x'], /this is another leaf: x/],
    [2, ['port', 'USB 3', 'lable'], /a port has no field "lable"; nearest: label\)/],
    [2, ['prot', 'USB 3'], /there is nothing to ask about a "prot"; nearest: port/],
    [2, ['cat', 'x'], /there are port, device, role, leaf/],
  ])('exits %i with one sentence and the nearest names: %j', async (code, words, sentence) => {
    const told = await why(...words);
    expect(told).toMatchObject({code, out: [], err: [expect.stringMatching(sentence)]});
    expect((await why(...words, '--json')).json()).toMatchObject([{ok: false}]);
  });
});
