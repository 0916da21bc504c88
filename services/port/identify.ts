import type {LampKind} from '#contracts/port-lamps.ts';
import {CimError} from '#domain/errors.ts';
import {identifyPort} from '#domain/port/commands.ts';
import {deviceInPort, portTitle} from '#projections/port-rows.ts';

import {defineJob} from '../job/define.ts';
import {findPort} from './find.ts';
import {partsOf} from './watch-users.ts';

/** So long does a lamp blink, and so long is a row lit that leaves. */
export const IDENTIFY_SECONDS = 60;

const WORDS: Readonly<Record<LampKind, string>> = {
  led: 'its lamp blinks',
  ethtool: 'the lamps of its network socket blink',
  disk: 'its activity lamp blinks',
};

/** Lets a port show where it is. Nothing of it changes, and a cancel ends it. */
export const identifyPortCase = defineJob(
  identifyPort,
  async ({target, signal, onProgress}, {lamps, inventory}) => {
    const port = findPort(inventory(), target);
    if ('refused' in port) {
      throw new CimError('unknown-port', target);
    }
    const device = deviceInPort(inventory(), port);
    const {nodes, interfaces} = device === null ? {nodes: [], interfaces: []} : partsOf(device);
    const kind = await lamps.blink(
      {nodes, interfaces},
      {
        durationMs: IDENTIFY_SECONDS * 1000,
        signal,
        onBegun: (begun) =>
          onProgress({
            done: 0,
            total: IDENTIFY_SECONDS,
            phase: `${portTitle(port)}: ${WORDS[begun]}`,
          }),
      },
    );
    signal.throwIfAborted();
    if (kind === null) {
      throw new CimError('no-lamp', portTitle(port));
    }
    return {seconds: IDENTIFY_SECONDS};
  },
  (inventory, target) => {
    const port = findPort(inventory, target);
    return 'refused' in port ? port : {target: port.id};
  },
);
