import {afterEach, beforeEach, expect, test} from 'vitest';

import type {LinkRule, RoleLinks} from '#contracts/role-links.ts';
import {RoleId} from '#domain/ids.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';
import {until} from '#test/support/until.ts';

/** A node of a machine: its path in /dev, and where it hangs in sysfs. */
export interface RoleLinksNode {
  readonly path: string;
  readonly devpath: string;
  readonly subsystem: string;
  readonly devtype: string | null;
}

/** A machine with two nodes of one kind that nobody uses. */
export interface RoleLinksHarness {
  readonly links: RoleLinks;
  readonly one: RoleLinksNode;
  readonly other: RoleLinksNode;
  /** Pattern of a devpath that both have. */
  readonly both: string;
  /** Everything that was triggered has been passed over. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

const SIGNAL = new AbortController().signal;

/** What whoever makes the links of roles keeps. */
export function roleLinksSuite(
  {driver, lack}: {readonly driver: DriverOf<'role-links'>; readonly lack?: string | undefined},
  start: () => Promise<RoleLinksHarness>,
): void {
  describeContract({contract: 'role-links', driver, lack}, () => {
    let harness: RoleLinksHarness;
    beforeEach(async () => {
      harness = await start();
    });
    afterEach(() => harness.stop());

    const rule = (fields: Partial<LinkRule> & Pick<LinkRule, 'nodePattern'>): LinkRule => ({
      role: RoleId.parse('scale'),
      link: '/dev/cim/scale',
      unit: {kind: 'place'},
      unitPattern: null,
      namePattern: fields.nodePattern.slice(fields.nodePattern.lastIndexOf('/') + 1),
      subsystem: harness.one.subsystem,
      devtype: harness.one.devtype,
      marks: {},
      rootHub: null,
      idPath: null,
      claims: {},
      isMuted: false,
      ...fields,
    });
    const at = (node: RoleLinksNode, link = '/dev/cim/scale') =>
      rule({nodePattern: node.devpath, link});
    const trigger = (...nodes: readonly RoleLinksNode[]) =>
      harness.links.trigger(
        nodes.map(({devpath}) => devpath),
        SIGNAL,
      );
    const there = async (expected: Readonly<Record<string, string>>): Promise<void> => {
      const read = () => Object.fromEntries(harness.links.read());
      await harness.settle();
      await until(
        async () => read(),
        (links) => JSON.stringify(links) === JSON.stringify(expected),
      );
      expect(read()).toEqual(expected);
    };

    test('makes the link to the node of the rule, and takes it away with the rule', async () => {
      const {links, one, other} = harness;
      expect(links.limit()).toBe(null);
      await links.write([at(one)], SIGNAL);
      await trigger(other, one);
      await there({'/dev/cim/scale': one.path});
      await links.write([], SIGNAL);
      await trigger(one);
      await there({});
    });

    test('leaves a link with whoever holds it, until that one lets go', async () => {
      const {links, one, other, both} = harness;
      await links.write([rule({nodePattern: both})], SIGNAL);
      await trigger(one);
      await there({'/dev/cim/scale': one.path});
      await trigger(other);
      await trigger(other, one);
      await there({'/dev/cim/scale': one.path});
      await links.write([at(other)], SIGNAL);
      await trigger(one);
      await there({});
      await trigger(other);
      await there({'/dev/cim/scale': other.path});
    });

    test('has several links of a role in a folder of its own', async () => {
      const {links, one, other} = harness;
      const [at2, diag] = ['/dev/cim/uplink/at', '/dev/cim/uplink/diag'];
      await links.write([at(one, at2), at(other, diag)], SIGNAL);
      await trigger(one, other);
      await there({[at2]: one.path, [diag]: other.path});
      // Another layout of the same role: its folder gives way to a single link.
      await links.write([at(one, '/dev/cim/uplink')], SIGNAL);
      await trigger(one, other);
      await until(
        async () => links.read().size,
        (size) => size <= 1,
      );
      await trigger(one);
      await there({'/dev/cim/uplink': one.path});
    });

    test('a rule that no text can hold is left out, and the others hold', async () => {
      const {links, one} = harness;
      const unit = {kind: 'usb-serial', vendor: '0403', product: '6001'} as const;
      const unsafe = ['$(reboot)', '%k', 'a"b', 'a\nb', 'a\\', 'a|b'].map((serial, index) =>
        rule({
          nodePattern: one.devpath,
          link: `/dev/cim/bad-${index}`,
          unit: {...unit, serial},
        }),
      );
      await links.write([...unsafe, at(one)], SIGNAL);
      await trigger(one);
      await there({'/dev/cim/scale': one.path});
    });

    test('names one unit: its like with another serial gets no link', async () => {
      const {links, one} = harness;
      const unit = {kind: 'wwid', value: 'naa.5000c500a1b2c3d4'} as const;
      await links.write([rule({nodePattern: one.devpath, unit})], SIGNAL);
      await trigger(one);
      await links.write([rule({nodePattern: one.devpath, unit}), at(one, '/dev/cim/sure')], SIGNAL);
      await trigger(one);
      await there({'/dev/cim/sure': one.path});
    });
  });
}
