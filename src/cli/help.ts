import {HELP_OPTIONS} from './parse.ts';
import type {Verb, VerbOption} from './verb.ts';

/** The help for a path of words: everything, one noun, or one verb. */
export function helpLines(path: readonly string[], verbs: readonly Verb[]): readonly string[] {
  const matching = verbs.filter((verb) => path.every((word, index) => verb.path[index] === word));
  const [only, second] = matching;
  if (path.length > 0 && only !== undefined && second === undefined) {
    return verbHelp(only);
  }
  const shown = matching.length > 0 ? matching : verbs;
  const usages = shown.map((verb) => [usageOf(verb), verb.summary] as const);
  return [
    'usage: cim-tui [OPTIONS]              the console',
    '       cim-tui NOUN VERB [OPTIONS]',
    '',
    ...twoColumns(usages),
    '',
    'console:',
    ...optionLines(HELP_OPTIONS.console),
    'everywhere:',
    ...optionLines(HELP_OPTIONS.global),
    '',
    'exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused, 4 nobody answers, 5 time is up',
  ];
}

/** `port label PORT [LABEL]` */
export const usageOf = ({path, words}: Verb): string =>
  [...path, ...words.map(({name, isOptional}) => (isOptional === true ? `[${name}]` : name))].join(
    ' ',
  );

const verbHelp = (verb: Verb): readonly string[] => [
  `usage: cim-tui ${usageOf(verb)}`,
  `  ${verb.summary}`,
  ...(verb.options.length === 0 ? [] : ['', 'options:', ...optionLines(verb.options)]),
  '',
  'everywhere:',
  ...optionLines(HELP_OPTIONS.global),
];

const optionLines = (options: readonly VerbOption[]): readonly string[] =>
  twoColumns(
    options.map(({name, value, summary}) => [
      `--${name}${value === undefined ? '' : ` ${value}`}`,
      summary,
    ]),
  );

function twoColumns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
