import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {describe, expect, it, test} from 'vitest';

import {splitCommandLine} from '#cli/command-line.ts';
import {parse} from '#cli/run.ts';
import {checkMessage} from '#domain/api/check.ts';
import {COMMANDS} from '#domain/commands.ts';
import {matchesSubject} from '#drivers/memory-bus/subject-match.ts';
import {consolePermissions} from '#drivers/nats-server/permissions.ts';
import {ROOT} from '#test/support/stage.ts';

const JOB = '01a2076e-78be-7000-8000-c00000000011';

/** Lines for the shell of a page, with names in place of the variables. */
const linesOf = (page: string): readonly string[] =>
  Array.from(
    readFileSync(join(ROOT, 'docs', page), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm),
    ([, block = '']) => block.split('\n'),
  )
    .flat()
    .map((line) =>
      line
        .replace(/'?\$LEAF'?/g, 'press')
        .replaceAll('$NAME', 'anna')
        .replace(/'?\$JOB'?/g, JOB),
    );

const lines = linesOf('patterns.md');
const {publish, subscribe} = consolePermissions('press');

/** Whether credentials made for anna may use a subject. */
const isAllowed = (allowed: readonly string[], subject: string): boolean =>
  allowed.some((pattern) => matchesSubject(pattern.replace('{{name()}}', 'anna'), subject));

test('there are such lines', () => {
  expect(lines.filter((line) => line !== '').length).toBeGreaterThan(5);
});

describe('a line for the shell means something', () => {
  it.each(lines.filter((line) => line.startsWith('cim-tui ')))('%s', (line) => {
    expect(parse(splitCommandLine(line).slice(1)).kind).toBe('run');
  });

  it.each(lines.filter((line) => line.startsWith('nats req ')))('%s', (line) => {
    const [, , , subject = '', body = ''] = splitCommandLine(line);
    expect(isAllowed(publish, subject)).toBe(true);
    const verdict = checkMessage({subject, body: JSON.parse(body)});
    expect(verdict.mistakes).toEqual([]);
  });

  it.each(lines.filter((line) => line.startsWith('nats sub ')))('%s', (line) => {
    const subject = splitCommandLine(line).at(-1) ?? '';
    expect(isAllowed(subscribe, subject)).toBe(true);
    const [, , , , aggregate] = subject.split('.');
    expect(COMMANDS.map((command) => command.aggregate)).toContain(aggregate);
  });
});

test('nothing may be asked under the name of another', () => {
  expect(isAllowed(publish, 'cim.press.commands.bert.port.label')).toBe(false);
  expect(isAllowed(publish, '$JS.API.CONSUMER.MSG.NEXT.CIM_EVENTS_press.bert')).toBe(false);
  expect(isAllowed(publish, '$JS.API.CONSUMER.MSG.NEXT.CIM_EVENTS_press.anna')).toBe(true);
  expect(isAllowed(publish, '$JS.ACK.CIM_EVENTS_press.bert.1.2.3.4.5')).toBe(false);
});
