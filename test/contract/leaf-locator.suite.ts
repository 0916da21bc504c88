import {afterEach, beforeEach, expect, test} from 'vitest';

import type {LeafLocator, RuntimeFile} from '#contracts/leaf-locator.ts';
import {isCimError} from '#domain/errors.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

/** A place where agents are found. */
export interface LocatorHarness {
  /** What an agent in this process tells of itself, its server being its own. */
  readonly ours: RuntimeFile;
  /** The same of an agent in another process. */
  readonly another: RuntimeFile;
  /** As a person looks for it, with credentials given by hand or those the agent made. */
  locator(actor: string, credsPath?: string): LeafLocator;
  /** The agent lets a person in; gives the path of the credentials. */
  admit(actor: string): Promise<string>;
  stop(): Promise<void>;
}

/** What every finder of agents keeps. */
export function leafLocatorSuite(
  driver: DriverOf<'leaf-locator'>,
  start: () => Promise<LocatorHarness>,
): void {
  describeContract({contract: 'leaf-locator', driver}, () => {
    let harness: LocatorHarness;
    beforeEach(async () => {
      harness = await start();
    });
    afterEach(() => harness.stop());

    test('finds none where none runs', async () => {
      expect(await harness.locator('anna').find()).toBeUndefined();
    });

    test('leads to an agent that lives, with the credentials of this person', async () => {
      const credsPath = await harness.admit('anna');
      const {leafId, url, version, pid} = harness.ours;
      await harness.locator('root').announce(harness.ours);
      expect(await harness.locator('anna').find()).toEqual({
        ...{leafId, url, version, pid},
        ...{actor: 'anna', credsPath},
      });
    });

    test('finds none any more once it is withdrawn, or its process is another one', async () => {
      await harness.admit('anna');
      const agent = harness.locator('root');
      await agent.announce(harness.ours);
      await agent.withdraw();
      expect(await harness.locator('anna').find()).toBeUndefined();
      await agent.announce({...harness.ours, startTime: '1'});
      expect(await harness.locator('anna').find()).toBeUndefined();
    });

    test('tells how far the start of an agent is, until it is there or its process is gone', async () => {
      const {leafId, pid, startTime} = harness.ours;
      const starting = {leafId, pid, startTime, done: 410, total: 1000};
      const [agent, anna] = [harness.locator('root'), harness.locator('anna')];
      await harness.admit('anna');
      expect(await anna.findStarting()).toBeUndefined();
      await agent.tellStarting(starting);
      expect(await anna.findStarting()).toEqual(starting);
      expect(await anna.find()).toBeUndefined();
      await agent.announce(harness.ours);
      expect(await anna.findStarting()).toBeUndefined();
      await agent.tellStarting(starting);
      await agent.withdraw();
      expect(await anna.findStarting()).toBeUndefined();
      await agent.tellStarting({...starting, startTime: '1'});
      expect(await anna.findStarting()).toBeUndefined();
    });

    test('what another agent announced since is not ours to withdraw', async () => {
      await harness.admit('anna');
      const agent = harness.locator('root');
      await agent.announce(harness.ours);
      await agent.announce(harness.another);
      await agent.withdraw();
      expect(await harness.locator('anna').find()).toMatchObject({pid: harness.another.pid});
    });

    test('says so when the leaf is not for this person', async () => {
      await harness.locator('root').announce(harness.ours);
      const found = async () => await harness.locator('anna').find();
      await expect(found()).rejects.toSatisfy((error) => isCimError(error, 'leaf-not-yours'));
      await expect(found()).rejects.toThrow('anna');
    });

    test('leads to a configured server with the credentials given, or none', async () => {
      const given = await harness.admit('somebody');
      await harness.locator('root').announce({...harness.ours, credsDir: null});
      expect(await harness.locator('anna').find()).toMatchObject({credsPath: null});
      const found = await harness.locator('anna', given).find();
      expect(found).toMatchObject({credsPath: given, actor: 'anna'});
    });
  });
}
