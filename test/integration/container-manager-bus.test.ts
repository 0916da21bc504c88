import {channel} from 'node:diagnostics_channel';
import {messageType} from 'dbus-native';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {z} from 'zod';

import type {ContainerManager} from '#contracts/container-manager.ts';
import {createContainerManager} from '#drivers/machined/container-manager.ts';
import {
  type ContainerHarness,
  containerManagerSuite,
} from '#test/contract/container-manager.suite.ts';
import {createOneWordBus} from '#test/support/made-up-bus.ts';
import {
  createMadeUpMachined,
  type MadeUpMachined,
  madeUpMachine,
} from '#test/support/made-up-machined.ts';
import {createKeptLog, silentLog} from '#test/support/silent-log.ts';
import {until} from '#test/support/until.ts';

async function startHarness(
  loss: (machined: MadeUpMachined) => Pick<ContainerHarness, 'lose' | 'recover'>,
): Promise<ContainerHarness> {
  const machined = await createMadeUpMachined();
  let count = 0;
  return {
    manager: createContainerManager({log: silentLog, busAddress: machined.address}),
    containerName() {
      count += 1;
      return `box${count}`;
    },
    async run(name) {
      count += 1;
      await machined.run(madeUpMachine(name, {leader: 1000 + count}));
    },
    close: machined.close,
    kill: machined.kill,
    ...loss(machined),
    stop: machined.stop,
  };
}

/** No proof of the driver on a real machined: `npm run tiers` does not count it. */
const onMadeUpBus = (how: string) => (body: () => void) =>
  describe(`container manager: machined, on a made-up bus that ${how}`, body);

containerManagerSuite(onMadeUpBus('goes'), () =>
  startHarness(({endBus, startBus}) => ({lose: endBus, recover: startBus})),
);

containerManagerSuite(onMadeUpBus('it leaves'), () =>
  startHarness(({endMachined, startMachined}) => ({lose: endMachined, recover: startMachined})),
);

describe('what machined says', () => {
  let machined: MadeUpMachined;
  let manager: ContainerManager;
  const {signal} = new AbortController();

  beforeEach(async () => {
    machined = await createMadeUpMachined();
    manager = createContainerManager({log: silentLog, busAddress: machined.address});
  });
  afterEach(async () => {
    await manager.stop();
    await machined.stop();
  });

  const listed = async (...machines: readonly ReturnType<typeof madeUpMachine>[]) => {
    for (const machine of machines) {
      await machined.run(machine);
    }
    await manager.start(() => {}, signal);
    return await manager.list(signal);
  };

  it('is a container whole, addresses in order of usefulness', async () => {
    const since = Date.UTC(2026, 10, 22, 15);
    const linkLocal = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    const addresses = [linkLocal, [169, 254, 7, 7], [10, 233, 1, 2]];
    expect(await listed(madeUpMachine('web', {since, addresses}))).toEqual([
      {
        name: 'web',
        class: 'container',
        state: 'running',
        service: 'systemd-nspawn',
        unit: 'container@web.service',
        leader: 4242,
        rootDirectory: '/var/lib/web',
        network: 'own',
        addresses: ['10.233.1.2', '169.254.7.7', 'fe80::1'],
        since: '2026-11-22T15:00:00.000Z',
      },
    ]);
  });

  it('is also what has no network of its own, or tells less; the host is none of them', async () => {
    const found = await listed(
      madeUpMachine('shares', {addresses: null}),
      madeUpMachine('other', {class: 'vm', service: '', leader: 0, rootDirectory: ''}),
    );
    expect(found).toMatchObject([
      {name: 'other', class: 'vm', service: null, leader: null, rootDirectory: null},
      {name: 'shares', network: 'host', addresses: []},
    ]);
  });

  it('is also what has no unit', async () => {
    expect(await listed(madeUpMachine('qemu', {unit: ''}))).toMatchObject([
      {name: 'qemu', state: 'running', unit: null},
    ]);
  });

  it('is its own word on the state where the unit says nothing else', async () => {
    const found = await listed(
      madeUpMachine('a', {state: 'opening'}),
      madeUpMachine('b', {state: 'closing'}),
      madeUpMachine('c', {state: 'a newer word'}),
    );
    expect(found.map(({state}) => state)).toEqual(['opening', 'closing', 'running']);
  });

  it('is asked again only for a reason', async () => {
    await listed(madeUpMachine('web'));
    const before = machined.asked();
    await manager.list(signal);
    expect(machined.asked()).toBe(before + 1);
  });

  it('is not asked again for what systemd says beside the state of a unit', async () => {
    await listed(madeUpMachine('web'));
    const before = machined.asked();
    machined.touchService('web');
    await manager.list(signal); // its answer comes after the signal
    expect(machined.asked()).toBe(before + 1);
    machined.setUnit('web', 'deactivating');
    await until(machined.asked, (asked) => asked > before + 1);
  });

  it('is read with a rest, and yet told soon, where a unit changes with each reading', async () => {
    const toldAt: number[] = [];
    await machined.run(madeUpMachine('web'));
    await manager.start((notice) => {
      toldAt.push(performance.now());
      const isClosing = notice.kind === 'container' && notice.container.state === 'closing';
      machined.setUnit('web', isClosing ? 'active' : 'deactivating');
    }, signal);
    await until(
      () => toldAt.length,
      (count) => count > 10,
    );
    const gaps = toldAt.slice(1).map((at, index) => at - (toldAt[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(45); // a timer may be early
    expect(gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]).toBeLessThan(200);
  });

  it('missing is said once in the log, whatever is asked', async () => {
    await machined.endMachined();
    const log = createKeptLog();
    const other = createContainerManager({log, busAddress: machined.address});
    expect((await other.start(() => {}, signal)).limit?.refused).toBe('no-machined');
    await expect(other.list(signal)).rejects.toMatchObject({code: 'no-machined'});
    expect(log.lines).toEqual([expect.stringContaining('no-machined')]);
    await other.stop();
  });
});

describe('stopped while the bus is being opened', () => {
  const received = channel('dbus:message:receive');
  const turns = Array.from({length: 12}, (_, index) => index);

  it.each(turns)('it keeps no connection, %i turns after the answer', async (count) => {
    const bus = await createOneWordBus({signature: 's', body: [':1.7']});
    const manager = createContainerManager({log: silentLog, busAddress: bus.address});
    const stopped = Promise.withResolvers<void>();
    const stopLater = async (): Promise<void> => {
      for (let turn = 0; turn < count; turn += 1) {
        await Promise.resolve();
      }
      stopped.resolve(manager.stop());
    };
    const onReceived = (event: unknown): void => {
      if (isAnswer(event)) {
        received.unsubscribe(onReceived);
        void stopLater();
      }
    };
    received.subscribe(onReceived);
    await manager.start(() => {}, new AbortController().signal);
    await stopped.promise;
    await until(bus.connections, (open) => open === 0, 1000).finally(bus.stop);
  });
});

const isAnswer = (event: unknown): boolean =>
  z.object({message: z.object({type: z.literal(messageType.methodReturn)})}).safeParse(event)
    .success;
