import fc from 'fast-check';
import {describe, expect, it} from 'vitest';

import type {Recording} from '#contracts/recording.ts';
import {printRecording} from '#drivers/recording/print-recording.ts';
import {readRecording} from '#drivers/recording/read-recording.ts';
import {parseUmockdev} from '#drivers/recording/umockdev.ts';
import {anyRecording, inFileOrder} from '#test/support/arbitrary-recording.ts';
import {bridgeOf, linkOf, loadFixture} from '#test/support/hardware.ts';

/** Many readings, on machines that do other things too. */
const LIMIT_MS = 30_000;

const BRIDGE = bridgeOf('br0', 4);
const BOX: Recording = {
  header: {
    kernel: '6.12.48-amd64',
    machine: 'QEMU Standard PC',
    startedAt: '2026-11-26T07:09:43.000Z',
    isMasked: false,
    hasUdev: false,
  },
  devices: loadFixture('edge-box'),
  links: [linkOf(2, 'eth0')],
  steps: [
    {
      atMs: 1234,
      notice: {
        kind: 'uevent',
        uevent: {
          source: 'kernel',
          action: 'add',
          devpath: BRIDGE.devpath,
          subsystem: 'net',
          seqnum: 900,
          properties: {
            ACTION: 'add',
            DEVPATH: BRIDGE.devpath,
            SUBSYSTEM: 'net',
            INTERFACE: 'br0',
            IFINDEX: '4',
            SEQNUM: '900',
          },
        },
      },
      changed: [BRIDGE],
      gone: [],
    },
    {atMs: 1300, notice: {kind: 'link', link: linkOf(4, 'br0')}, changed: [], gone: []},
    {
      atMs: 2000,
      notice: {kind: 'drops', count: 3},
      changed: [],
      gone: ['/devices/virtual/net/br0'],
    },
  ],
  endMs: 3000,
};

describe('a recording', () => {
  it(
    'reads back as it was, whatever the outside said',
    () => {
      fc.assert(
        fc.property(anyRecording, (recording) => {
          expect(readRecording(printRecording(recording))).toEqual(inFileOrder(recording));
        }),
        {numRuns: 200},
      );
    },
    LIMIT_MS,
  );

  it('is text that people read: comments over what umockdev writes', () => {
    const lines = printRecording(BOX).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      '# cim-leaf recording 1',
      '# kernel: 6.12.48-amd64',
      '# machine: QEMU Standard PC',
      '# started: 2026-11-26T07:09:43.000Z',
    ]);
    const at = lines.indexOf('#KERNEL[1.234] add      /devices/virtual/net/br0 (net)');
    expect(lines.slice(at + 1, at + 4)).toEqual([
      '#ACTION=add',
      '#DEVPATH=/devices/virtual/net/br0',
      '#SUBSYSTEM=net',
    ]);
    expect(lines.slice(at).filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
    expect(lines.at(-2)).toBe('#end 3.000');
  });

  it('without its comments is the text of umockdev, and begins with a device', () => {
    const plain = printRecording(BOX)
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .join('\n');
    expect(plain.startsWith('P: /devices/')).toBe(true);
    const whole = BOX.devices.filter(({subsystem}) => subsystem !== null);
    expect(parseUmockdev(plain).map(({devpath}) => devpath)).toEqual(
      whole.map(({devpath}) => devpath).toSorted(),
    );
  });

  it(
    'that was cut anywhere is read up to the cut, and known to be cut',
    () => {
      const text = printRecording(BOX);
      const whole = readRecording(text);
      expect(whole.endMs).toBe(3000);
      const header = text.indexOf('\n#\n') + 3;
      for (let length = header; length < text.length - 1; length += 23) {
        const part = readRecording(text.slice(0, length));
        expect(part.endMs).toBeNull();
        expect(whole.devices.slice(0, part.devices.length)).toEqual(part.devices);
        expect(whole.steps.slice(0, part.steps.length)).toEqual(part.steps);
      }
      expect(readRecording(text.slice(0, text.indexOf('#end'))).steps).toEqual(whole.steps);
    },
    LIMIT_MS,
  );

  it('of another version is refused', () => {
    expect(() => readRecording('# cim-leaf recording 2\n#\n')).toThrow(
      'line 1: version "2"; expected 1',
    );
  });
});

const MONITOR = `monitor will print the received events for:
UDEV - the event which udev sends out after rule processing
KERNEL - the kernel uevent

KERNEL[970.909509] add      /devices/virtual/net/cim0 (net)
ACTION=add
DEVPATH=/devices/virtual/net/cim0
SUBSYSTEM=net
DEVTYPE=bridge
IFINDEX=9
SEQNUM=853

UDEV  [971.921] remove   /devices/virtual/net/cim0 (net)
ACTION=remove
DEVPATH=/devices/virtual/net/cim0
SUBSYSTEM=net
SEQNUM=854

`;

describe('the text of another program', () => {
  it('of `udevadm monitor --property` begins with its first record and knows what that tells', () => {
    const {steps, header, endMs} = readRecording(MONITOR);
    expect(header.hasUdev).toBe(true);
    expect(endMs).toBe(1011);
    expect(steps).toMatchObject([
      {atMs: 0, changed: [{devtype: 'bridge', ifindex: 9}], gone: []},
      {atMs: 1011, changed: [], gone: ['/devices/virtual/net/cim0']},
    ]);
  });

  it('that tells of a move leaves nothing in the old place', () => {
    const moved = `KERNEL[972.1] move     /devices/virtual/net/cim1 (net)
ACTION=move
DEVPATH=/devices/virtual/net/cim1
SUBSYSTEM=net
DEVPATH_OLD=/devices/virtual/net/cim0

`;
    expect(readRecording(`${MONITOR}${moved}`).steps.at(-1)).toMatchObject({
      changed: [{devpath: '/devices/virtual/net/cim1'}],
      gone: ['/devices/virtual/net/cim0'],
    });
  });

  it.each([
    ['', 'there is nothing in it; expected "# cim-leaf recording 1"'],
    ['{"a": 1}\n', 'line 1: "{"a": 1}"; expected "# cim-leaf recording 1", a device of umockdev'],
    ['P: /devices/a\nE: B=c\nX: what\n', 'line 3: "X: what"; expected P: N: S: E: A: H: or L:'],
    ['# a\n\nKERNEL[1.5] add /devices/a (b)\n', 'line 3: '],
    ['# cim-leaf recording 1\n#\n#LINK  [1.5] {"name": 1}\n\n', 'line 3: '],
    ['# cim-leaf recording 1\n#\nP: /devices/a\n#= {"ifindex": "x"}\n\n', 'line 3: '],
  ])('that is none of them is refused with the line: %j', (text, words) => {
    expect(() => readRecording(text)).toThrow(words);
  });
});
