import type {RecordedTree, RecordingSink, RecordingStep} from '#contracts/recording.ts';
import type {KernelDevice, LinkFact, Uevent} from '#domain/kernel-device.ts';

import {createMaskedText, type MaskedText, type MaskOptions} from './masked-text.ts';
import {isSerialKey, isTelling, secretsIn, serialOf} from './secrets.ts';

/**
 * Hands a recording on with serials, addresses, ids and the machine's name replaced: the same by the
 * same, so that twins stay twins; what is empty or refused as a proof stays as it is.
 */
export function maskRecording(sink: RecordingSink, options: MaskOptions): RecordingSink {
  const text = createMaskedText(options);
  const plain = (value: string): string => text.mask('', value);
  return {
    begin({kernel, machine, ...header}, tree) {
      learn(text, tree.devices);
      const fields = {kernel: kernel && plain(kernel), machine: machine && plain(machine)};
      sink.begin({...header, ...fields, isMasked: true}, maskTree(text, tree));
    },
    step({atMs, notice, changed, gone}) {
      learn(text, changed);
      sink.step({
        atMs,
        notice: maskNotice(text, notice),
        changed: changed.map((device) => maskDevice(text, device)),
        gone: gone.map(plain),
      });
    },
    end: (endMs) => sink.end(endMs),
  };
}

function learn(text: MaskedText, devices: readonly KernelDevice[]): void {
  for (const {devpath, properties, attributes} of devices) {
    text.learn([...secretsIn(properties, devpath), ...secretsIn(attributes, devpath)]);
  }
}

const maskTree = (text: MaskedText, {devices, links}: RecordedTree): RecordedTree => ({
  devices: devices.map((device) => maskDevice(text, device)),
  links: links.map((link) => maskLink(text, link)),
});

function maskDevice(text: MaskedText, device: KernelDevice): KernelDevice {
  const {devpath, node, links, properties, attributes, references} = device;
  const weak = weakSecret({...attributes, ...properties}, devpath);
  const mask = (key: string, value: string): string => text.mask(key, value, weak);
  return {
    ...device,
    devpath: mask('', devpath),
    node: node === null ? null : mask('', node),
    links: links.map((link) => mask('DEVLINKS', link)).toSorted(),
    properties: mapValues(properties, mask),
    attributes: mapValues(attributes, mask),
    references: mapValues(references, (_, value) => mask('', value)),
  };
}

const maskLink = (text: MaskedText, link: LinkFact): LinkFact => ({
  ...link,
  name: text.mask('', link.name),
  master: link.master === null ? null : text.mask('', link.master),
});

function maskNotice(text: MaskedText, notice: RecordingStep['notice']): RecordingStep['notice'] {
  switch (notice.kind) {
    case 'uevent':
      return {kind: 'uevent', uevent: maskUevent(text, notice.uevent)};
    case 'link':
      return {kind: 'link', link: maskLink(text, notice.link)};
    case 'restarted':
      return {kind: 'restarted', reason: text.mask('', notice.reason)};
    default:
      return notice;
  }
}

function maskUevent(text: MaskedText, uevent: Uevent): Uevent {
  const {devpath, properties} = uevent;
  text.learn(secretsIn(properties, devpath));
  const weak = weakSecret(properties, devpath);
  const mask = (key: string, value: string): string => text.mask(key, value, weak);
  return {...uevent, devpath: mask('', devpath), properties: mapValues(properties, mask)};
}

/** A unit's own serial where it is too short to be looked for everywhere. */
function weakSecret(values: Readonly<Record<string, string>>, devpath: string): string | undefined {
  const serials = Object.entries(values)
    .filter(([key, value]) => isSerialKey(key) && secretsIn({[key]: value}, devpath).length > 0)
    .map(([, value]) => serialOf(value));
  return serials.find((serial) => !isTelling(serial));
}

const mapValues = (
  values: Readonly<Record<string, string>>,
  change: (key: string, value: string) => string,
): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(key, value)]));
