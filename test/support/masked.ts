import type {Recording, RecordingSink} from '#contracts/recording.ts';
import type {KernelDevice} from '#domain/kernel-device.ts';
import {maskRecording} from '#drivers/recording/mask.ts';
import {readRecording} from '#drivers/recording/read-recording.ts';
import {createTextSink} from '#drivers/recording/recording-file.ts';

import {bridgeOf} from './hardware.ts';

const KEY = new Uint8Array(16).fill(7);

/** The text of a recording made with the mask on; the key is always the same. */
export function masked(
  recording: Omit<Recording, 'header'>,
  secrets: readonly string[] = [],
  hostname = '',
  kernel: string | null = null,
): string {
  let text = '';
  const out = createTextSink((words) => {
    text += words;
  });
  const sink: RecordingSink = maskRecording(out, {key: KEY, secrets, hostname});
  sink.begin({kernel, machine: null, startedAt: null, isMasked: false, hasUdev: true}, recording);
  recording.steps.forEach(sink.step);
  sink.end(recording.endMs ?? 0);
  return text;
}

export const usb = (at: string, fields: Partial<KernelDevice>): KernelDevice => ({
  ...bridgeOf('x', 1),
  devpath: `/devices/pci0000:00/0000:00:14.0/usb1/1-${at}`,
  subsystem: 'usb',
  devtype: 'usb_device',
  ifindex: null,
  ...fields,
});

/** Devices without steps. */
export const tree = (...devices: readonly KernelDevice[]) => ({
  devices,
  links: [],
  steps: [],
  endMs: 0,
});
/** The devices of a masked recording of these. */
export const readMasked = (...devices: readonly KernelDevice[]) =>
  readRecording(masked(tree(...devices))).devices;
