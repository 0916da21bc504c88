import {randomBytes} from 'node:crypto';

import type {RecordRequest, RecordSummary} from '#cli/verb.ts';
import type {Log} from '#contracts/log.ts';
import type {RecordingSink} from '#contracts/recording.ts';
import {createProcessRunner} from '#drivers/process/process-runner.ts';
import {maskRecording} from '#drivers/recording/mask.ts';
import {createFileSink, createTextSink} from '#drivers/recording/recording-file.ts';
import {readThisMachine} from '#drivers/recording/this-machine.ts';
import {createLinkMonitor} from '#drivers/rtnetlink/link-monitor.ts';
import {createSystemClock} from '#drivers/system/clock.ts';
import {createDeviceMonitor} from '#drivers/udev/device-monitor.ts';
import {type RecordCounts, recordUevents} from '#services/uevent/record.ts';

const TELL_EVERY_MS = 10_000;

/** Records this machine, with its own drivers and no leaf, until the signal or its time is up. */
export async function recordHere(
  request: RecordRequest,
  sysRoot: string,
  signal: AbortSignal,
): Promise<RecordSummary> {
  const {path, isMasked, seconds, say} = request;
  const log: Log = {info: () => {}, warn: say, error: (words, cause) => say(`${words}: ${cause}`)};
  const runner = createProcessRunner();
  const clock = createSystemClock();
  const timeUp = new AbortController();
  const progress = startTelling(say);
  let cancel = (): void => undefined;
  try {
    const {kernel, machine} = readThisMachine();
    const {steps, drops} = await recordUevents(
      {
        monitor: createDeviceMonitor({runner, sysRoot, log}),
        links: createLinkMonitor({runner, sysRoot, log}),
        clock,
        sink: sinkOf(request),
        machine: {kernel, machine, isMasked},
        onStarted({devices, links}, limit) {
          // Starting takes its own time: what was asked for is so much of a recording.
          progress.begin();
          cancel =
            seconds === undefined ? cancel : clock.after(seconds * 1000, () => timeUp.abort());
          say(`recording ${devices} devices and ${links} links as they change; Ctrl-C ends it`);
          if (limit !== null) {
            say(`LIMITED: ${limit}`);
          }
        },
        onStep: progress.note,
      },
      AbortSignal.any([signal, timeUp.signal]),
    );
    return {file: path, records: steps, drops, seconds: progress.seconds(), masked: isMasked};
  } finally {
    progress.stop();
    cancel();
  }
}

function sinkOf({path, isMasked}: RecordRequest): RecordingSink {
  const out =
    path === '-' ? createTextSink((text) => process.stdout.write(text)) : createFileSink(path);
  const {secrets, hostname} = readThisMachine();
  return isMasked ? maskRecording(out, {key: randomBytes(32), secrets, hostname}) : out;
}

/** Says how far it is every ten seconds in which something came. */
function startTelling(say: (line: string) => void) {
  let beganMs = performance.now();
  const seconds = (): number => Math.round((performance.now() - beganMs) / 100) / 10;
  let counts: RecordCounts | undefined;
  let told = 0;
  const teller = setInterval(() => {
    if (counts !== undefined && counts.steps !== told) {
      told = counts.steps;
      const lost = counts.drops === 0 ? '' : `, ${counts.drops} lost`;
      say(`${seconds()} s: ${told} records${lost}`);
    }
  }, TELL_EVERY_MS);
  return {
    seconds,
    begin(): void {
      beganMs = performance.now();
    },
    note(next: RecordCounts): void {
      counts = next;
    },
    stop: () => clearInterval(teller),
  };
}
