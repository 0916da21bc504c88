import type {ConsolePorts} from '#store/console-actions.ts';
import type {Overlay, TextInput} from '#store/overlay.ts';
import {textInput} from '#store/text-input.ts';
import type {View} from '../console.ts';
import {filterNames} from '../filter-names.ts';

type Prompt = Extract<Overlay, {kind: 'prompt'}>;

/** What Tab makes of a prompt's text: the longest start that all candidates share. */
export function completeInput(
  view: View,
  ports: ConsolePorts,
  prompt: Prompt,
): {readonly input: TextInput; readonly candidates: readonly string[]} {
  const {text} = prompt.input;
  const candidates = candidatesFor(view, ports, prompt);
  const [only] = candidates;
  if (only === undefined) {
    return {input: prompt.input, candidates: []};
  }
  const head = text.slice(0, text.length - lastWord(text).length);
  if (candidates.length === 1) {
    const space = prompt.purpose.kind === 'command' ? ' ' : '';
    return {input: textInput(`${head}${only}${space}`), candidates: []};
  }
  const shared = sharedStart(candidates);
  return {input: textInput(`${head}${longer(shared, lastWord(text))}`), candidates};
}

function candidatesFor(
  view: View,
  ports: ConsolePorts,
  {purpose, input}: Prompt,
): readonly string[] {
  switch (purpose.kind) {
    case 'command':
      return ports.complete(input.text);
    case 'role':
      return Object.keys(view.read.inventory.roles)
        .filter((role) => role.startsWith(input.text))
        .sort();
    case 'filter':
      return filterNames(view)
        .map((name) => `${name}:`)
        .filter((name) => name.startsWith(lastWord(input.text).replace('!', '')));
    case 'label':
    case 'moment':
      return [];
  }
}

/** The word that is being typed: from the last space outside quotes. */
function lastWord(text: string): string {
  const [word = ''] = /(?:"[^"]*"?|[^\s"])*$/.exec(text) ?? [];
  return word;
}

function sharedStart([first = '', ...rest]: readonly string[]): string {
  let length = first.length;
  for (const word of rest) {
    while (!word.startsWith(first.slice(0, length))) {
      length -= 1;
    }
  }
  return first.slice(0, length);
}

const longer = (a: string, b: string): string => (a.length >= b.length ? a : b);
