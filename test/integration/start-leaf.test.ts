import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';

import {processStart} from '#drivers/home/process-start.ts';
import {startGround} from '#test/bench/store-ground.ts';
import {longHistory} from '#test/support/long-history.ts';
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

  const settingsOf = (leaf = 'asked') => {
    const globals = {home, nats: undefined, creds: undefined, leaf, timeoutMs: 5000};
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

  it('are told how far it is with reading its events', async () => {
    const {signal} = new AbortController();
    const ground = await startGround(home, signal);
    const {store} = await ground.openStore();
    let {sequence: expectedSequence} = await store.open(signal);
    for (const batch of longHistory(ground.leafId, 30_000)) {
      const appended = await store.append(batch, {expectedSequence, epoch: 1, signal});
      expect(appended.kind).toBe('appended');
      expectedSequence += batch.length;
    }
    await ground.stop();
    const told: string[] = [];
    const {pid} = await findOrStartLeaf(settingsOf(ground.leafId), (words) => told.push(words));
    process.kill(pid ?? 0, 'SIGTERM');
    await until(
      () => processStart(pid ?? 0),
      (start) => start === null,
    );
    const words = new RegExp(`^leaf ${ground.leafId} reads its events: (\\d+) % of 30000$`);
    const parts = told.flatMap((line) => words.exec(line)?.[1] ?? []).map(Number);
    expect(told[0]).toContain('starting the service layer');
    expect(parts.length).toBeGreaterThan(0);
    expect(parts).toEqual(parts.toSorted((one, other) => one - other));
    expect(existsSync(join(home, 'run', 'starting.json'))).toBe(false);
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
