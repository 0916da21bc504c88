import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {expect, test} from 'vitest';

import {createFileSink} from '#drivers/recording/recording-file.ts';
import {bridgeOf, linkOf} from '#test/support/hardware.ts';
import {CIM_TUI} from '#test/support/stage.ts';

/** Some hundred bytes each: more than a pipe holds. */
const BRIDGES = 500;

const HEADER = {kernel: null, machine: null, startedAt: null, isMasked: false, hasUdev: false};

test('a reader that is slow gets every line of a command that is done', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cim-slow-'));
  const path = join(folder, 'bridges.uevents');
  const names = Array.from({length: BRIDGES}, (_, index) => `br${index}`);
  const sink = createFileSink(path);
  sink.begin(HEADER, {
    devices: names.map((name, index) => bridgeOf(name, index + 2)),
    links: names.map((name, index) => linkOf(index + 2, name, {kind: 'bridge'})),
  });
  sink.end(100);
  const child = spawn(CIM_TUI, ['uevent', 'replay', path, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // It has said all it has to say before anybody reads.
  await pause(3000);
  let text = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) text += chunk;
  rmSync(folder, {recursive: true});
  const events = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.filter(({type}) => type === 'cim.device.added.v1')).toHaveLength(BRIDGES);
});
