import {afterEach, beforeEach, expect, test} from 'vitest';

import type {ContainerManager, ContainerNotice} from '#contracts/container-manager.ts';
import {isCimError} from '#domain/errors.ts';
import {until} from '#test/support/until.ts';

/** A machine on which a test can start and end containers. */
export interface ContainerHarness {
  readonly manager: ContainerManager;
  /** A name that no other test uses. */
  containerName(): string;
  /** Starts a container; resolves when it runs. */
  run(name: string): Promise<void>;
  /** Stops it in order; resolves when it is gone. */
  close(name: string): Promise<void>;
  /** Its processes are killed; resolves when it is gone. */
  kill(name: string): Promise<void>;
  /** The manager cannot see anything any more. */
  lose(): Promise<void>;
  /** It can again. */
  recover(): Promise<void>;
  stop(): Promise<void>;
}

/** What every manager of containers keeps; `describeIt` says where it runs, and on what. */
export function containerManagerSuite(
  describeIt: (body: () => void) => void,
  start: () => Promise<ContainerHarness>,
): void {
  describeIt(() => {
    let harness: ContainerHarness;
    let notices: ContainerNotice[];
    let controller: AbortController;

    beforeEach(async () => {
      harness = await start();
      notices = [];
      controller = new AbortController();
    });
    afterEach(async () => {
      await harness.manager.stop();
      await harness.stop();
    });

    const follow = () => harness.manager.start((notice) => notices.push(notice), controller.signal);
    const list = () => harness.manager.list(controller.signal);
    /** What was told of one container: its states, and that it is gone. */
    const told = (container: string): readonly string[] =>
      notices.flatMap((notice) => {
        if (notice.kind === 'gone') {
          return notice.name === container ? 'gone' : [];
        }
        const isIt = notice.kind === 'container' && notice.container.name === container;
        return isIt ? notice.container.state : [];
      });
    const lastTold = async (container: string, state: string): Promise<void> => {
      await until(
        () => told(container).at(-1) ?? 'nothing',
        (last) => last === state,
      );
    };
    const limits = (): readonly (string | null)[] =>
      notices.flatMap((notice) =>
        notice.kind === 'ability' ? (notice.limit?.refused ?? null) : [],
      );

    test('tells what runs already, whole, and lists it', async () => {
      const container = harness.containerName();
      await harness.run(container);
      expect(await follow()).toEqual({limit: null});
      await lastTold(container, 'running');
      const found = (await list()).find((fact) => fact.name === container);
      expect(found).toMatchObject({name: container, class: 'container', state: 'running'});
      expect(found?.leader).toBeGreaterThan(1);
      expect(found?.unit).toMatch(/\.(service|scope)$/);
      expect(Math.abs(Date.now() - Date.parse(found?.since ?? ''))).toBeLessThan(60_000);
      const last = notices.findLast(
        (notice) => notice.kind === 'container' && notice.container.name === container,
      );
      expect(last).toEqual({kind: 'container', container: found});
    });

    test('tells one that comes up, runs and is stopped, in this order', async () => {
      await follow();
      const container = harness.containerName();
      await harness.run(container);
      await lastTold(container, 'running');
      expect((await list()).map((fact) => fact.name)).toContain(container);
      await harness.close(container);
      await lastTold(container, 'gone');
      const order = ['opening', 'running', 'closing', 'gone'];
      const places = told(container).map((state) => order.indexOf(state));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect((await list()).map((fact) => fact.name)).not.toContain(container);
    });

    test('tells one that was killed, and one that comes under its name again', async () => {
      await follow();
      const container = harness.containerName();
      await harness.run(container);
      await lastTold(container, 'running');
      const leader = (await list()).find((fact) => fact.name === container)?.leader;
      await harness.kill(container);
      await lastTold(container, 'gone');
      await harness.run(container);
      await lastTold(container, 'running');
      const next = (await list()).find((fact) => fact.name === container)?.leader;
      expect(next).toBeGreaterThan(1);
      expect(next).not.toBe(leader);
    });

    test('says nothing any more once it is stopped', async () => {
      await follow();
      const [first, second] = [harness.containerName(), harness.containerName()];
      await harness.run(first);
      await lastTold(first, 'running');
      await harness.manager.stop();
      const before = notices.length;
      await harness.run(second);
      await harness.kill(first);
      expect(notices.slice(before)).toEqual([]);
      await harness.kill(second);
    });

    test('says when it sees nothing, and tells afterwards what has changed meanwhile', async () => {
      await follow();
      const [goes, stays, comes] = [
        harness.containerName(),
        harness.containerName(),
        harness.containerName(),
      ];
      await harness.run(goes);
      await harness.run(stays);
      await lastTold(stays, 'running');
      await harness.lose();
      await until(limits, (seen) => seen.length > 0);
      expect(limits().at(-1)).toMatch(/^(no-system-bus|no-machined|machined-failed)$/);
      const refused = await list().catch((error: unknown) => error);
      expect(isCimError(refused) && refused.code).toBe(limits().at(-1));
      await harness.kill(goes);
      await harness.run(comes);
      const before = notices.length;
      await harness.recover();
      await lastTold(comes, 'running');
      await lastTold(goes, 'gone');
      expect(limits()).toEqual([expect.any(String), null]);
      expect(notices.slice(before).filter((notice) => notice.kind === 'gone')).toHaveLength(1);
      expect((await list()).map((fact) => fact.name)).toEqual(
        expect.arrayContaining([stays, comes]),
      );
      await harness.close(stays);
      await lastTold(stays, 'gone');
    });

    test('starts without anything to see, and sees it when it is there', async () => {
      await harness.lose();
      const {limit} = await follow();
      expect(limit?.refused).toMatch(/^(no-system-bus|no-machined|machined-failed)$/);
      expect(limit?.detail).not.toBe('');
      const container = harness.containerName();
      await harness.run(container);
      await harness.recover();
      await lastTold(container, 'running');
    });
  });
}
