import {describe, expect, it} from 'vitest';

import {type CliWorld, EXIT} from '#cli/verb.ts';
import {asyncApiDocument} from '#domain/api/async-api.ts';
import {CimError} from '#domain/errors.ts';
import {labelledEnvelope} from '#test/support/envelopes.ts';
import {runWords} from '#test/support/run-words.ts';

/** What a command line prints where a file holds this. */
async function printed(text: string, ...argv: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const world = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    connect: () => Promise.reject(new CimError('no-agent', 'nobody')),
    readText: () => Promise.resolve(text),
    version: '1.2.3',
    signal: new AbortController().signal,
  } as unknown as CliWorld;
  const code = await runWords(argv, world);
  return {out, err, code};
}

const event = labelledEnvelope('7fq2k13', 'usb-1-3', 'USB 3');
const broken = {...event, data: {label: 5, before: {label: null}}};
const lines = (...values: readonly unknown[]) =>
  values.map((value) => JSON.stringify(value)).join('\n');

describe('api', () => {
  it('prints the document of this very version, with nobody to ask', async () => {
    const {out, code} = await printed('', 'api');
    expect(code).toBe(EXIT.done);
    expect(JSON.parse(out.join(''))).toEqual(JSON.parse(JSON.stringify(asyncApiDocument('1.2.3'))));
    expect((await printed('', 'api', '--json')).out).toHaveLength(1);
  });

  it('prints one schema, by name, end of name or URI', async () => {
    const wanted = 'urn:cim:schema:command.port.label';
    for (const word of ['command.port.label', 'port.label', wanted]) {
      const {out} = await printed('', 'api', 'schema', word, '--json');
      expect(JSON.parse(out[0] ?? '')).toMatchObject({$id: wanted});
    }
  });

  it('has the names of all', async () => {
    const {out} = await printed('', 'api', 'schema');
    expect(out.map((line) => line.split(' ')[0])).toEqual(
      expect.arrayContaining(['event', 'answer', 'cim.port.labelled.v1', 'rows.port.list']),
    );
    const {out: json} = await printed('', 'api', 'schema', '--json');
    expect(json.map((line) => JSON.parse(line).name)).toHaveLength(out.length);
  });

  it.each([['schema'], ['check', 'a', '--as']])('%s says which name is near', async (...words) => {
    const {err, code} = await printed('', 'api', ...words, 'port.lable');
    expect(code).toBe(EXIT.usage);
    expect(err).toEqual([
      'cim-tui: the type "port.lable" is not known here; the nearest is command.port.label',
    ]);
  });
});

describe('api check', () => {
  it('says ok and what it is', async () => {
    expect(await printed(lines(event), 'api', 'check', 'a')).toEqual({
      out: ['ok cim.port.labelled.v1'],
      err: [],
      code: EXIT.done,
    });
  });

  it('says what is wrong, in which message', async () => {
    const {out, code} = await printed(lines(event, broken, {}), 'api', 'check', 'a');
    expect(code).toBe(EXIT.failed);
    expect(out).toEqual([
      '1: ok cim.port.labelled.v1',
      '2: wrong cim.port.labelled.v1',
      '  data.label: must be text or null, is 5',
      '3: wrong (unknown)',
      expect.stringContaining('  what this is cannot be told'),
    ]);
  });

  it('says the same as JSON, one object a line', async () => {
    const {out} = await printed(lines(event, broken), 'api', 'check', 'a', '--json');
    expect(out.map((line) => JSON.parse(line))).toEqual([
      {line: 1, ok: true, type: 'cim.port.labelled.v1', mistakes: [], notes: []},
      {
        line: 2,
        ok: false,
        type: 'cim.port.labelled.v1',
        mistakes: [{path: 'data.label', message: 'must be text or null, is 5'}],
        notes: [],
      },
    ]);
  });

  it('takes a command whose kind is told, and notes what does no harm', async () => {
    const request = {target: '24', data: {dryrun: true}};
    const {out, code} = await printed(lines(request), 'api', 'check', '-', '--as', 'event.undo');
    expect({out, code}).toEqual({
      out: [
        'ok command.event.undo',
        '  note: data.dryrun: is not known and is passed over; the nearest is "dryRun"',
      ],
      code: EXIT.done,
    });
  });

  it('shows no control characters of what it was given', async () => {
    const {out} = await printed('{"type":"\u202ecim"}', 'api', 'check', 'a');
    expect(out.join('')).not.toContain('\u202e');
  });

  it.each([
    ['', 'there is no message in a'],
    ['nope', ''],
  ])('fails on %j', async (text, sentence) => {
    const {err, code} = await printed(text, 'api', 'check', 'a');
    expect(code).toBe(EXIT.failed);
    expect(err.join('')).toContain(sentence);
  });
});
