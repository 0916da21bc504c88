import {setTimeout as pause} from 'node:timers/promises';

import {CHANGES_A_SECOND, startChurn} from './churn.ts';
import type {Measurement} from './measurement.ts';
import {findMonitors} from './monitors.ts';
import {atMost, reading} from './reading.ts';
import type {FrameCount} from './statistics.ts';

const WHILE_MS = 12_000;
const SETTLE_MS = 1000;

/** Bytes of a frame while ports change 20 times a second; of others, as they draw by themselves. */
export const frames: Measurement = {
  name: 'frame',
  async read(scene) {
    await using stack = new AsyncDisposableStack();
    const {screen} = await startChurn(scene, stack, {name: 'bf', perSecond: CHANGES_A_SECOND});
    const monitors = (await findMonitors(scene)).map(({name, open}) => ({
      name,
      other: open(stack),
    }));
    await pause(SETTLE_MS, undefined, {signal: scene.signal});
    const ours = screen.countFrames();
    const theirs = monitors.map(({name, other}) => ({name, count: other.countFrames()}));
    await pause(WHILE_MS, undefined, {signal: scene.signal});
    return [
      reading('bytes a frame, 80x24', 'B', bytesAFrame(ours), {
        peers: theirs.map(({name, count}) => ({name, value: bytesAFrame(count)})),
        bound: atMost(500, 'B'),
      }),
    ];
  },
};

function bytesAFrame(count: FrameCount): number {
  const {frames: drawn, bytes} = count.counted();
  return bytes / drawn;
}
