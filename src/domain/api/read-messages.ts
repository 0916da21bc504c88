/** A message of a text and where it began; `broken` says why it is none. */
export type ReadMessage = {readonly line: number} & (
  | {readonly value: unknown}
  | {readonly broken: string}
);

/** The messages of a text: one JSON value, a list of them, or one on each line. */
export function readMessages(text: string): readonly ReadMessage[] {
  const whole = parse(text);
  if ('value' in whole) {
    return [whole.value].flat().map((value, index) => ({line: index + 1, value}));
  }
  const lines = text
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [{line: index + 1, text: line}]));
  const [first, second] = lines;
  const isLines = first !== undefined && second !== undefined && 'value' in parse(first.text);
  return isLines
    ? lines.map(({line, text: one}) => ({line, ...parse(one)}))
    : lines.slice(0, 1).map(({line}) => ({line, ...whole}));
}

function parse(text: string): {readonly value: unknown} | {readonly broken: string} {
  try {
    return {value: JSON.parse(text)};
  } catch (error) {
    return {broken: `is not JSON: ${error instanceof Error ? error.message : String(error)}`};
  }
}
