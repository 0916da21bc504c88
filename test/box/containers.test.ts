import {randomBytes} from 'node:crypto';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';

import type {ContainerManager, ContainerNotice} from '#contracts/container-manager.ts';
import {createContainerManager} from '#drivers/machined/container-manager.ts';
import {containerManagerSuite} from '#test/contract/container-manager.suite.ts';
import {startBoxAgent} from '#test/support/box/agent.ts';
import type {Box} from '#test/support/box/box.ts';
import {type BoxContainers, provideContainers} from '#test/support/box/containers.ts';
import {boxForFile} from '#test/support/box/file-box.ts';
import {silentLog} from '#test/support/silent-log.ts';
import {openSocketLine} from '#test/support/socket-line.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import {CONTAINER_ADDRESS, CONTAINER_TREE} from '#test/support/tiny-container.ts';
import {until} from '#test/support/until.ts';

const box = boxForFile();
const provided = new WeakMap<Box, Promise<BoxContainers>>();

const SOCKET = '/run/dbus/system_bus_socket';
const nameOfOwn = (): string => `c${randomBytes(4).toString('hex')}`;

/** The containers of the box, made ready once. */
function containersOf(of: Box): Promise<BoxContainers> {
  const ready = provided.get(of) ?? provideContainers(of);
  provided.set(of, ready);
  return ready;
}

const inBox = (body: () => void): void =>
  describeContract({contract: 'container-manager', driver: 'machined', stage: 'box'}, body);

containerManagerSuite(inBox, async () => {
  const containers = await containersOf(box());
  const line = await openSocketLine(box().path(SOCKET));
  const running = new Set<string>();
  return {
    manager: createContainerManager({log: silentLog, busAddress: `unix:path=${line.path}`}),
    containerName: nameOfOwn,
    async run(name) {
      running.add(name);
      await containers.run(name);
    },
    async close(name) {
      running.delete(name);
      await containers.close(name);
    },
    async kill(name) {
      running.delete(name);
      await containers.kill(name);
    },
    lose: line.cut,
    recover: line.mend,
    async stop() {
      await Promise.all([...running].map(containers.kill));
      await line.stop();
    },
  };
});

describe('machined in a box', () => {
  const {signal} = new AbortController();
  let containers: BoxContainers;
  let manager: ContainerManager;
  let notices: ContainerNotice[];
  let name: string;

  beforeEach(async () => {
    containers = await containersOf(box());
    manager = createContainerManager({
      log: silentLog,
      busAddress: `unix:path=${box().path(SOCKET)}`,
    });
    notices = [];
    name = nameOfOwn();
    await manager.start((notice) => notices.push(notice), signal);
  });
  afterEach(() => manager?.stop());

  const told = (): readonly string[] =>
    notices.flatMap((notice) =>
      notice.kind === 'container' ? notice.container.state : [notice.kind],
    );
  const listed = async () => (await manager.list(signal)).find((each) => each.name === name);
  const isActive = async (unit: string): Promise<boolean> =>
    (await box().run('systemctl', 'is-active', '--quiet', unit)).code === 0;

  it('tells every state, and finds the address that the container gives itself', async () => {
    await containers.run(name);
    const fact = await until(listed, (found) => found?.addresses.length === 1);
    expect(fact).toMatchObject({
      class: 'container',
      service: 'systemd-nspawn',
      unit: `container@${name}.service`,
      rootDirectory: CONTAINER_TREE,
      network: 'own',
      addresses: [CONTAINER_ADDRESS],
    });
    await until(told, (states) => states.at(-1) === 'running');
    await containers.close(name);
    await until(told, (states) => states.at(-1) === 'gone');
    expect([...new Set(told())]).toEqual(['opening', 'running', 'closing', 'gone']);
  });

  it('claims no end when machined dies and is started for the list', async () => {
    await containers.run(name);
    await until(told, (states) => states.at(-1) === 'running');
    await box().ask('systemctl', 'kill', '--signal=KILL', 'systemd-machined.service');
    await until(
      () => isActive('systemd-machined.service'),
      (active) => active,
    );
    expect(await listed()).toMatchObject({state: 'running'});
    expect(told()).not.toContain('gone');
    await containers.kill(name);
    await until(told, (states) => states.at(-1) === 'gone');
  });

  it('leaves a machined that has ended for want of machines', async () => {
    expect(await manager.list(signal)).toEqual([]);
    await box().ask('systemctl', 'stop', 'systemd-machined.service');
    expect(await manager.list(signal)).toEqual([]);
    expect(await isActive('systemd-machined.service')).toBe(false);
    await containers.run(name);
    await until(told, (states) => states.at(-1) === 'running');
    await containers.kill(name);
  });

  it('sees what goes on after the bus was started anew', async () => {
    await containers.run(name);
    await until(told, (states) => states.at(-1) === 'running');
    // logind does not come back to a new bus by itself, and would hold the box's end up.
    await box().ask('systemctl', 'restart', 'dbus.service', 'systemd-logind.service');
    await until(told, (states) => states.filter((state) => state === 'ability').length === 2);
    expect(await listed()).toMatchObject({state: 'running'});
    await containers.kill(name);
    await until(told, (states) => states.at(-1) === 'gone');
  });
});

describe('a leaf in a box', () => {
  it('lists a container while it runs, also for an ordinary user', async () => {
    const containers = await containersOf(box());
    const agent = await startBoxAgent(box());
    const name = nameOfOwn();
    const find = async () => {
      const {code, stdout} = await agent.cli('container', 'list', '--json');
      const rows = stdout.split('\n').filter((line) => line !== '');
      return code === 0 ? rows.map((line) => JSON.parse(line)) : ['not read yet'];
    };
    await until(find, (rows) => rows.length === 0);
    await containers.run(name);
    const [row] = await until(find, (rows) => rows[0]?.address === CONTAINER_ADDRESS);
    expect(row).toMatchObject({name, state: 'running', unit: `container@${name}.service`});
    expect(await box().ask('ps', '-o', 'comm=', '-p', String(row.leader))).toBe('start\n');
    const asNobody = ['--reuid=65534', '--regid=65534', '--clear-groups'];
    const doctor = [...asNobody, '/opt/cim-leaf/bin/cim-tui', 'doctor', '--json'];
    expect((await box().run('setpriv', ...doctor)).stdout).toContain('machined answers, 1 running');
    await containers.kill(name);
    await until(find, (rows) => rows.length === 0);
  });

  it('says what to install where there is no machined', async () => {
    const service = '/usr/share/dbus-1/system-services/org.freedesktop.machine1.service';
    await box().ask('mv', service, '/root/');
    await box().ask('systemctl', 'stop', 'systemd-machined.service');
    await box().ask('systemctl', 'reload', 'dbus.service');
    const agent = await startBoxAgent(box());
    await box().ask('systemctl', 'restart', agent.unit);
    const {stderr, code} = await until(
      () => agent.cli('container', 'list'),
      ({stderr: words}) => words.includes('not installed'),
    );
    expect({code, stderr}).toEqual({
      code: 3,
      stderr: expect.stringContaining('apt-get install systemd-container'),
    });
    expect((await agent.cli('doctor', '--json')).stdout).toMatch(
      /"check":"containers","result":"warn".*apt-get install systemd-container/,
    );
    await box().ask('mv', '/root/org.freedesktop.machine1.service', service);
    await box().ask('systemctl', 'reload', 'dbus.service');
    await until(
      () => agent.cli('container', 'list'),
      ({code: now}) => now === 0,
      40_000,
    );
  });
});
