import type {RoleLinks} from '#contracts/role-links.ts';
import type {Answer} from '#domain/command.ts';
import {CimError} from '#domain/errors.ts';
import type {KernelDevice} from '#domain/kernel-device.ts';
import {PortRow} from '#domain/port/row.ts';
import {RoleRow} from '#domain/role/row.ts';
import {createMemoryClock, type MemoryClock} from '#drivers/memory/clock.ts';
import {
  createMemoryDeviceMonitor,
  type MemoryDeviceMonitor,
} from '#drivers/memory/device-monitor.ts';
import {createMemoryRoleLinks} from '#drivers/memory/role-links.ts';

import {openMemoryLeaf} from '../../src/wiring/memory-leaf.ts';
import {linkOf, loadFixture} from './hardware.ts';

/** A leaf over a machine of data whose clock is turned by hand, udevd's links with it. */
export interface RoleBench {
  readonly monitor: MemoryDeviceMonitor;
  readonly clock: MemoryClock;
  /** Plugs a unit in, and gives it time to settle. */
  plug(devices: readonly KernelDevice[]): Promise<void>;
  unplug(devices: readonly KernelDevice[]): Promise<void>;
  /** Links as they are, in the order of their paths. */
  links(): readonly (readonly [string, string])[];
  /** A wish about a role. */
  wish(verb: string, target: string, data?: Record<string, unknown>): Promise<Answer>;
  send(
    aggregate: string,
    verb: string,
    target: string,
    data?: Record<string, unknown>,
  ): Promise<Answer>;
  /** A role once everything has settled. */
  role(id: string): Promise<RoleRow>;
  port(name: string): Promise<PortRow>;
  ports(): Promise<readonly PortRow[]>;
  stop(): void;
}

/** An edge box with one cable. `wrap` puts something between the leaf and its links. */
export async function openRoleBench(wrap?: (own: RoleLinks) => RoleLinks): Promise<RoleBench> {
  const ending = new AbortController();
  const clock = createMemoryClock();
  const monitor = createMemoryDeviceMonitor(loadFixture('edge-box'), {
    links: [linkOf(2, 'eth0', {hasCarrier: true})],
    hasUdev: true,
  });
  const own = createMemoryRoleLinks({devices: monitor.devices});
  const {client} = await openMemoryLeaf(
    {
      leafId: 'l',
      actor: 'anna',
      monitor,
      clock,
      roleLinks: wrap?.(own) ?? own,
      usage: {read: async () => ({})},
      meter: {read: () => Promise.reject(new CimError('process-failed', 'no host here'))},
    },
    ending.signal,
  );
  await clock.turn(100);
  const row = async (view: string, target: string): Promise<unknown> =>
    (await client.query(view, 'list', {target})).rows[0];
  const send: RoleBench['send'] = async (aggregate, verb, target, data = {}) => {
    const answer = await client.send({aggregate, verb, target, data});
    await clock.turn(100);
    return answer;
  };
  return {
    monitor,
    clock,
    async plug(devices) {
      monitor.plug(devices);
      await clock.turn(3000);
    },
    async unplug([unit]) {
      monitor.unplug(unit?.devpath ?? '');
      await clock.turn(3000);
    },
    links: () => [...own.read()].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    wish: (verb, target, data) => send('role', verb, target, data),
    send,
    async role(id) {
      await clock.turn(3000);
      return RoleRow.parse(await row('role', id));
    },
    ports: async () => (await client.query('port', 'list')).rows.map((each) => PortRow.parse(each)),
    port: async (name) => PortRow.parse(await row('port', name)),
    stop: () => ending.abort(),
  };
}
