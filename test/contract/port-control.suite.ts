import {afterEach, beforeEach, expect, test} from 'vitest';

import type {ControlledPort, PortControl} from '#contracts/port-control.ts';
import type {PortSettings} from '#domain/port/settings.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

export interface ControlHarness {
  readonly control: PortControl;
  /** A network port that is up and has an mtu of 1500. */
  readonly port: ControlledPort;
  /** A step that cannot be done, where the driver knows such. */
  readonly impossible?: {readonly kind: 'write'; readonly path: string; readonly text: string};
  stop(): Promise<void>;
}

/** What everything that sets ports keeps. */
export function portControlSuite(
  {driver, lack}: {readonly driver: DriverOf<'port-control'>; readonly lack?: string | undefined},
  create: () => Promise<ControlHarness>,
): void {
  describeContract({contract: 'port-control', driver, lack}, () => {
    const signal = new AbortController().signal;
    let harness: ControlHarness;
    const read = (): Promise<PortSettings> => harness.control.read(harness.port, signal);
    const apply = (settings: PortSettings): Promise<void> =>
      harness.control.apply(harness.port, settings, signal);

    beforeEach(async () => {
      harness = await create();
    });
    afterEach(() => harness.stop());

    test('sets what is asked for, and reads it back', async () => {
      expect(await read()).toMatchObject({link: 'up', mtu: 1500});
      await apply({link: 'down', mtu: 1400});
      expect(await read()).toMatchObject({link: 'down', mtu: 1400});
    });

    test('asked twice, does it once', async () => {
      await apply({link: 'down'});
      await apply({link: 'down'});
      expect(await read()).toMatchObject({link: 'down', mtu: 1500});
      await apply({link: 'up'});
      expect(await read()).toMatchObject({link: 'up'});
    });

    test('comes back by what was prepared before, also twice', async () => {
      const {control, port} = harness;
      const back = await control.wayBack(port, ['link', 'mtu'], signal);
      await apply({link: 'down', mtu: 1400});
      await control.carryOut(back, signal);
      await control.carryOut(back, signal);
      expect(await read()).toMatchObject({link: 'up', mtu: 1500});
    });

    test('an empty port reads nothing', async () => {
      const empty = {portId: 'usb-1', devpaths: [], interface: null, line: null};
      expect(await harness.control.read(empty, signal)).toEqual({});
    });

    test('does the steps behind one that failed, and throws for that', async (context) => {
      const {control, port, impossible} = harness;
      if (impossible === undefined) {
        context.skip('nothing is impossible to it');
        return;
      }
      const back = await control.wayBack(port, ['mtu'], signal);
      await apply({mtu: 1400});
      await expect(control.carryOut([impossible, ...back], signal)).rejects.toThrow('write 1 to');
      expect(await read()).toMatchObject({mtu: 1500});
    });
  });
}
