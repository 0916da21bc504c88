import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';

import {processStart} from '#drivers/home/process-start.ts';
import {ROOT} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';
import {readSettings} from '../../src/wiring/config.ts';
import {findOrStartLeaf} from '../../src/wiring/find-leaf.ts';

const [node = '', script = ''] = process.argv;

describe('consoles that find no leaf', () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'cim-start-'));
    process.argv.splice(0, 2, node, join(ROOT, 'dist', 'cim-tui.mjs'));
  });

  afterEach(() => {
    process.argv.splice(0, 2, node, script);
    rmSync(home, {recursive: true, force: true});
  });

  const settingsOf = () => {
    const globals = {home, nats: undefined, creds: undefined, leaf: 'asked', timeoutMs: 5000};
    return readSettings(globals, process.env);
  };

  it('start one in the home and with the name they were given, and share it when two come at once', async () => {
    const found = await Promise.all(
      [1, 2].map(() => findOrStartLeaf(settingsOf(), () => undefined)),
    );
    const [first, second] = found;
    expect(second).toEqual(first);
    expect(first).toMatchObject({
      leafId: 'asked',
      credsPath: join(home, 'run', 'creds', `${userInfo().username}.creds`),
    });
    const pid = first?.pid ?? 0;
    process.kill(pid, 'SIGTERM');
    await until(
      () => processStart(pid),
      (start) => start === null,
    );
  });

  it('say what the one they started said when it ended', async () => {
    const {CIM_NATS_SERVER: before} = process.env;
    process.env.CIM_NATS_SERVER = '/nonexistent';
    try {
      await expect(findOrStartLeaf(settingsOf(), () => undefined)).rejects.toThrow(
        'the NATS server does not run (no nats-server: CIM_NATS_SERVER is /nonexistent',
      );
    } finally {
      delete process.env.CIM_NATS_SERVER;
      Object.assign(process.env, before === undefined ? {} : {CIM_NATS_SERVER: before});
    }
  });
});
