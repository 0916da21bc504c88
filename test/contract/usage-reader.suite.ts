import {afterEach, beforeEach, expect, test} from 'vitest';

import type {UsageReader} from '#contracts/usage-reader.ts';
import {PortUser} from '#domain/port/user.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

/** A machine on which some nodes and interfaces are in use. */
export interface UsageHarness {
  readonly reader: UsageReader;
  /** A node that one process has open, and which. */
  readonly held: {readonly node: string; readonly pid: number; readonly name: string};
  /** A node that nobody has open. */
  readonly freeNode: string;
  /** The interface of the default route; null: there is none. */
  readonly routed: string | null;
  /** The disk of the root file system; null: there is none. */
  readonly rootDisk: string | null;
  /** Whether the open files of all processes can be looked at. */
  readonly seesAll: boolean;
  stop(): Promise<void>;
}

/** What every reader of who uses what keeps. */
export function usageReaderSuite(
  driver: DriverOf<'usage-reader'>,
  start: () => Promise<UsageHarness>,
): void {
  describeContract({contract: 'usage-reader', driver}, () => {
    let harness: UsageHarness;
    beforeEach(async () => {
      harness = await start();
    });
    afterEach(() => harness.stop());

    const read = async (question: {nodes?: readonly string[]; interfaces?: readonly string[]}) => {
      const asked = {portId: 'p', nodes: [], interfaces: [], ...question};
      const users = await harness.reader.read([asked], new AbortController().signal);
      return PortUser.parse(users.p);
    };

    test('answers each question under its port, and no other', async () => {
      const {held, freeNode, reader} = harness;
      const questions = [
        {portId: 'a', nodes: [held.node], interfaces: []},
        {portId: 'b', nodes: [freeNode], interfaces: []},
        {portId: 'c', nodes: [], interfaces: []},
      ];
      const users = await reader.read(questions, new AbortController().signal);
      expect(Object.keys(users).sort()).toEqual(['a', 'b', 'c']);
      expect(users.a?.kind).toBe('host');
      expect(users.c?.kind).toBe('free');
      expect(await reader.read([], new AbortController().signal)).toEqual({});
    });

    test('names the process that has a node open, and when that was seen', async () => {
      const before = Date.now();
      const {node, pid, name} = harness.held;
      const user = await read({nodes: [harness.freeNode, node]});
      expect(user).toMatchObject({kind: 'host', marks: []});
      expect(user.processes).toContainEqual(expect.objectContaining({pid, name}));
      expect(Date.parse(user.seenAt ?? '')).toBeGreaterThanOrEqual(before);
    });

    test('calls a node free only where every process could be looked at', async () => {
      const user = await read({nodes: [harness.freeNode]});
      expect(user).toMatchObject({
        ...{kind: harness.seesAll ? 'free' : 'unknown', name: null, unit: null},
        ...{processes: [], marks: []},
      });
    });

    test('the default route is a use of its interface', async ({skip}) => {
      const {routed} = harness;
      if (routed === null) return skip('no default route here');
      const user = await read({interfaces: [routed]});
      expect(user).toMatchObject({kind: 'host', name: 'route', marks: ['route']});
    });

    test('a mounted file system is a use of its disk', async ({skip}) => {
      const {rootDisk} = harness;
      if (rootDisk === null) return skip('the root file system is on no disk here');
      const user = await read({nodes: [rootDisk]});
      expect(user).toMatchObject({kind: 'host', name: '/'});
      expect(user.marks).toEqual(['boot', 'mount']);
    });
  });
}
