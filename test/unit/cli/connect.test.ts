import {expect, it} from 'vitest';

import type {CliWorld} from '#cli/verb.ts';
import {runWords} from '#test/support/run-words.ts';

it('connect writes a login name as the subject token that the server knows', async () => {
  const out: string[] = [];
  const client = {leafId: 'l', actor: 'anna.b'};
  const leaf = {
    client,
    url: 'nats://127.0.0.1:4222',
    credsPath: '/c',
    close: async () => undefined,
  };
  const world = {
    out: (line: string) => void out.push(line),
    connect: async () => leaf,
    signal: new AbortController().signal,
  } as unknown as CliWorld;
  expect(await runWords(['connect'], world)).toBe(0);
  expect(out.join('\n')).toContain('cim.l.commands.anna=002eb.port.label');
  expect(out.join('\n')).not.toContain('_INBOX.anna.b');
});
