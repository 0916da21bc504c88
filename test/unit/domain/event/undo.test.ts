import {expect, it} from 'vitest';

import {EVENT_SCHEMAS} from '#domain/catalogue.ts';
import {findCommand} from '#domain/commands.ts';
import {UNDO, type Undo} from '#domain/event/undo.ts';

const DECLARED: readonly (readonly [string, Undo])[] = Object.entries(UNDO);

it('is declared for every event type, and for nothing else', () => {
  expect(Object.keys(UNDO).sort()).toEqual(Object.keys(EVENT_SCHEMAS).sort());
});

it.each(DECLARED)('of %s is a command that there is, or has a reason in words', (_, undo) => {
  if ('command' in undo) {
    const [aggregate = '', verb = ''] = undo.command.split('.');
    expect(findCommand(aggregate, verb)?.name).toBeDefined();
  } else {
    expect(undo.none).toMatch(/^[a-z].*[a-z]$/);
  }
});
