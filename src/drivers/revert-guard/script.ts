import type {PlainStep} from '#contracts/port-control.ts';

/** Where the system keeps `ip`, `stty` and others: the guard has no environment of ours. */
const PATH =
  '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin';

/**
 * The guard: `revert.sh [SECONDS]`. It acts once, after so many seconds, unless it is taken before. `outcome` has the time,
 * and a line for each step that failed.
 */
export function revertScript(folder: string, steps: readonly PlainStep[]): string {
  return `#!/bin/sh
# Puts back what was changed on trial. It needs nothing but this file and the system's programs.
PATH=${PATH}
LC_ALL=C
export PATH LC_ALL
cd ${quoted(folder)} || exit 1
exec </dev/null >>log 2>&1
rest=\${1:-0}
while [ "$rest" -gt 0 ]; do
  [ -f revert.sh ] && [ ! -d taken ] || exit 0
  sleep 1
  rest=$((rest - 1))
done
mkdir taken || exit 0
: >failed
${steps.map((step) => `${commandOf(step)} || echo ${quoted(wordsOf(step))} >>failed`).join('\n')}
{ date -u +%Y-%m-%dT%H:%M:%S.000Z; cat failed; } >outcome.new
mv outcome.new outcome
`;
}

const commandOf = (step: PlainStep): string =>
  step.kind === 'run'
    ? step.argv.map(quoted).join(' ')
    : `printf %s ${quoted(step.text)} >${quoted(step.path)}`;

const wordsOf = (step: PlainStep): string =>
  step.kind === 'run' ? step.argv.join(' ') : `write ${step.text} to ${step.path}`;

/** One word for sh, whatever is in it. */
const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
