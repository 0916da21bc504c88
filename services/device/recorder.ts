import {createArrivals} from './arrivals.ts';
import type {DeviceCause} from './cause.ts';
import {type DeviceDecisions, decideDevices} from './decide.ts';
import type {Departures} from './departures.ts';
import {createFlapWatch} from './flapping.ts';
import type {Resync} from './loss.ts';
import {isSameObservation, type Observation} from './observation.ts';
import type {KernelPicture} from './picture.ts';
import type {Settling} from './settling.ts';
import type {DeviceWatchOptions} from './watch-contract.ts';

/** What could not be stored is decided anew after this. */
const RETRY_MS = 1000;

export interface RecorderOptions
  extends Pick<
    DeviceWatchOptions,
    'clock' | 'ids' | 'record' | 'log' | 'startedBy' | 'isDismissed'
  > {
  readonly picture: Pick<KernelPicture, 'observe' | 'positionOf'>;
  readonly settling: Pick<Settling, 'unitPaths'>;
  readonly departures: Pick<Departures, 'held' | 'told'>;
  /** Called when there is something to flush though nothing has come in. */
  readonly onDue: () => void;
}

/** Hands pictures over to be stored. */
export interface Recorder {
  /** Stores what differs, unless nothing has changed since the last time. Never throws. */
  flush(cause: DeviceCause, resync: Resync | undefined): Promise<void>;
  /** The next flush decides anew though nothing has changed: the stored state has. */
  forgetRecorded(): void;
  stop(): void;
}

/** A recorder that has stored nothing yet. */
export function createRecorder(options: RecorderOptions): Recorder {
  const {clock, ids, log, picture, settling, departures, onDue} = options;
  const flaps = createFlapWatch(clock, onDue);
  const arrivals = createArrivals(clock, () => {
    recorded = undefined;
    onDue();
  });
  let seen: Observation | undefined;
  let recorded: {readonly observation: Observation; readonly withheld: string} | undefined;
  let cancelRetry: (() => void) | undefined;
  let isStopped = false;

  const isRecorded = (observation: Observation, withheld: string): boolean =>
    recorded?.withheld === withheld && isSameObservation(recorded.observation, observation);

  const store = async (
    {resynced, devices}: DeviceDecisions,
    cause: DeviceCause,
    resync: Resync | undefined,
  ): Promise<void> => {
    const begun = resync?.cause === 'start' ? {...cause, stored: options.startedBy} : cause;
    const missed = resync === undefined ? undefined : await options.record(resynced, begun);
    await options.record(devices, missed === undefined ? begun : {...begun, stored: missed});
  };

  return {
    async flush(cause, resync) {
      const observation = picture.observe();
      departures.told();
      flaps.note(seen, observation);
      seen = observation;
      arrivals.keep((position) => observation.devices.has(position));
      const summaries = flaps.takeDue();
      const unsettled = settling.unitPaths().map((path) => picture.positionOf(path));
      const withheld = [...unsettled, ...departures.held(), ...flaps.held()];
      const key = withheld.join('\n');
      if (isRecorded(observation, key) && resync === undefined) {
        return;
      }
      const {deviceId} = ids;
      const decisions = decideDevices({
        observation,
        withheld,
        resync,
        summaries,
        deviceId,
        isAwaited: arrivals.isAwaited,
        isDismissed: options.isDismissed,
      });
      try {
        await store(decisions, cause, resync);
        recorded = {observation, withheld: key};
      } catch (error) {
        recorded = undefined;
        log.error('record what the devices show', error);
        cancelRetry?.();
        cancelRetry = isStopped ? undefined : clock.after(RETRY_MS, onDue);
      }
    },
    forgetRecorded() {
      recorded = undefined;
    },
    stop() {
      isStopped = true;
      flaps.stop();
      arrivals.stop();
      cancelRetry?.();
    },
  };
}
