import {describe, expect, it} from 'vitest';

import {parse, VERBS} from '#cli/run.ts';
import {COMMANDS} from '#domain/commands.ts';
import {USE_CASES} from '#services/registry.ts';

const sentence = (...argv: readonly string[]): string => {
  const parsed = parse(argv);
  return parsed.kind === 'wrong' ? parsed.sentence : `(${parsed.kind})`;
};

describe('a command line', () => {
  it('without words is the console', () => {
    expect(parse([])).toMatchObject({kind: 'console', isDemo: false, isReadonly: false});
    expect(parse(['--demo', '--readonly'])).toMatchObject({isDemo: true, isReadonly: true});
  });

  it('reads words, options of the verb and options of every command, in any order', () => {
    const parsed = parse(['--json', 'role', 'bind', 'scale', '--port', 'USB 3', '--timeout', '2']);
    expect(parsed).toMatchObject({
      kind: 'run',
      globals: {json: true, timeoutMs: 2000},
      args: {words: ['scale'], options: {port: 'USB 3'}},
    });
  });

  it('takes a span before now for a value and for a word', () => {
    expect(parse(['status', '--at', '-15m'])).toMatchObject({
      kind: 'run',
      args: {options: {at: '-15m'}},
    });
    expect(parse(['event', 'diff', '-1h', '-5m', '--json'])).toMatchObject({
      kind: 'run',
      globals: {json: true},
      args: {words: ['-1h', '-5m']},
    });
    expect(parse(['status', '-x'])).toMatchObject({kind: 'wrong'});
  });

  it('takes --yes alone and with a label', () => {
    expect(parse(['port', 'forget', 'x', '--yes'])).toMatchObject({globals: {yes: true}});
    expect(parse(['port', 'forget', 'x', '--yes=USB 3'])).toMatchObject({globals: {yes: 'USB 3'}});
  });

  it.each([
    [['prot'], 'there is no command "prot"; see `cim-tui --help`'],
    [
      ['port'],
      'port needs a verb: list, show, watch, role, label, forget, unquarantine, identify, enable, disable, confirm, up, down, set, release',
    ],
    [
      ['port', 'lbel'],
      'there is no "port lbel"; port has list, show, watch, role, label, forget, unquarantine, identify, enable, disable, confirm, up, down, set, release',
    ],
    [['port', 'label'], 'port label needs PORT: see `cim-tui port label --help`'],
    [['port', 'label', 'a', 'b', 'c'], 'port label takes no word "c" (quote names with spaces)'],
    [['port', 'list', '--colour'], "Unknown option '--colour'"],
    [['--timeout', 'soon', 'status'], '--timeout takes seconds from 0 to 3600, not "soon"'],
    [['--id', '7', 'status'], '--id takes a UUID, not "7"'],
  ])('%j is wrong in one sentence', (argv, expected) => {
    expect(sentence(...argv)).toBe(expected);
  });

  it.each([
    [['--help'], []],
    [['port', '--help'], ['port']],
    [
      ['help', 'port', 'label'],
      ['port', 'label'],
    ],
  ])('%j asks for help', (argv, path) => {
    expect(parse(argv)).toEqual({kind: 'help', path});
  });

  it('has no two verbs of one path, none hidden behind another', () => {
    const paths = VERBS.map(({path}) => path.join(' '));
    expect(new Set(paths).size).toBe(paths.length);
    for (const verb of VERBS) {
      const words = verb.words.map(({name}) => name);
      expect(parse([...verb.path, ...words])).toMatchObject({kind: 'run', verb});
    }
  });
});

describe('the lists of commands', () => {
  it('agree: each command has a use case and a verb', () => {
    const names = COMMANDS.map(({aggregate, verb}) => `${aggregate} ${verb}`);
    expect(USE_CASES.map(({command}) => `${command.aggregate} ${command.verb}`)).toEqual(names);
    const paths = VERBS.map(({path}) => path.join(' '));
    expect(names.filter((name) => !paths.includes(name))).toEqual([]);
  });
});
