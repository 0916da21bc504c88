import {afterAll, beforeAll, describe, expect, it} from 'vitest';

import {
  createMadeUpMachined,
  type MadeUpMachined,
  madeUpMachine,
} from '#test/support/made-up-machined.ts';
import {createLeafHome, type LeafHome} from '#test/support/stage.ts';
import {until} from '#test/support/until.ts';

describe('containers of a leaf, by the real program', () => {
  let machined: MadeUpMachined;
  let leaf: LeafHome;
  const before = process.env.DBUS_SYSTEM_BUS_ADDRESS;

  beforeAll(async () => {
    machined = await createMadeUpMachined();
    process.env.DBUS_SYSTEM_BUS_ADDRESS = machined.address;
    leaf = await createLeafHome();
    await leaf.serve();
  });
  afterAll(async () => {
    if (before === undefined) {
      delete process.env.DBUS_SYSTEM_BUS_ADDRESS;
    } else {
      process.env.DBUS_SYSTEM_BUS_ADDRESS = before;
    }
    await leaf.stop();
    await machined.stop();
  });

  const namesListed = async (): Promise<readonly unknown[]> => {
    const {code, stdout} = await leaf.cli('container', 'list', '--json');
    return code === 0
      ? stdout
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line).name)
      : ['?'];
  };

  it('come into the list, and go from it', async () => {
    await until(namesListed, (names) => names.length === 0);
    await machined.run(madeUpMachine('web'));
    await machined.run(madeUpMachine('cam'));
    await until(namesListed, (names) => names.join() === 'cam,web');
    await machined.kill('web');
    await until(namesListed, (names) => names.join() === 'cam');
    expect((await leaf.json('container', 'show', 'cam'))[0]).toMatchObject({
      name: 'cam',
      state: 'running',
      unit: 'container@cam.service',
      address: '10.233.1.2',
    });
  });

  it('are counted by doctor', async () => {
    const checks = await leaf.json('doctor');
    expect(checks.find(({check}) => check === 'containers')).toMatchObject({
      result: 'pass',
      detail: 'machined answers, 1 running',
    });
  });

  it('that cannot be seen are refused with reason and remedy, by doctor too', async () => {
    await machined.endBus();
    const ended = await until(
      () => leaf.cli('container', 'list', '--json'),
      ({code}) => code !== 0,
    );
    expect(ended.code).toBe(3);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      ok: false,
      code: 'no-system-bus',
      remedy: expect.stringContaining('install dbus'),
    });
    expect(ended.stderr).toContain('there is no system bus here');
    const {stdout} = await leaf.cli('doctor', '--json');
    const checks = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    expect(checks.find(({check}) => check === 'containers')).toMatchObject({
      result: 'warn',
      detail: expect.stringContaining('there is no system bus here'),
      remedy: expect.stringContaining('install dbus'),
    });
    await machined.startBus();
    await until(namesListed, (names) => names.join() === 'cam');
  });
});
