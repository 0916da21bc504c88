import fc from 'fast-check';
import {expect, test} from 'vitest';

import type {Uevent} from '#domain/kernel-device.ts';
import {createRecordParser, readUevent} from '#drivers/udev/record.ts';

const MONITOR = `monitor will print the received events for:
UDEV - the event which udev sends out after rule processing
KERNEL - the kernel uevent

KERNEL[970.909509] add      /devices/virtual/net/cimtest0 (net)
ACTION=add
DEVPATH=/devices/virtual/net/cimtest0
SUBSYSTEM=net
DEVTYPE=bridge
INTERFACE=cimtest0
IFINDEX=9
SEQNUM=853

UDEV  [970.921] remove   /devices/virtual/net/a b (net)
ACTION=remove
DEVPATH=/devices/virtual/net/a b
SUBSYSTEM=net
ID_MODEL=a=b
SEQNUM=854

KERNEL[970.93] wave     /devices/virtual/net/c (net)
ACTION=wave
DEVPATH=/devices/virtual/net/c

`;

function parse(text: string) {
  const uevents: Uevent[] = [];
  let ready = 0;
  const parser = createRecordParser(
    (uevent) => uevents.push(uevent),
    () => {
      ready += 1;
    },
  );
  for (const line of text.split('\n')) {
    parser.line(line);
  }
  return {uevents, ready, refused: parser.refused()};
}

test('reads the records of udevadm monitor, and is ready behind its introduction', () => {
  const {uevents, ready, refused} = parse(MONITOR);
  expect(ready).toBe(1);
  expect(refused).toBe(1);
  expect(uevents).toMatchObject([
    {source: 'kernel', action: 'add', devpath: '/devices/virtual/net/cimtest0', seqnum: 853},
    {source: 'udev', action: 'remove', properties: {ID_MODEL: 'a=b'}},
  ]);
});

test('any text is read or refused', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom(...MONITOR.split('\n')))),
      (lines) => {
        expect(() => parse(lines.join('\n'))).not.toThrow();
      },
    ),
  );
});

test('what is read is what was said', () => {
  const key = fc.stringMatching(/^[A-Z_]{1,10}$/);
  const value = fc.string().filter((text) => !text.includes('\n'));
  fc.assert(
    fc.property(fc.dictionary(key, value, {noNullPrototype: true}), (extra) => {
      const properties = {...extra, ACTION: 'add', DEVPATH: '/devices/x', SUBSYSTEM: 'net'};
      const lines = Object.entries(properties).map(([name, text]) => `${name}=${text}`);
      const {uevents} = parse(['', 'KERNEL[1.0] add /devices/x (net)', ...lines, ''].join('\n'));
      expect(uevents).toEqual([readUevent('kernel', properties)]);
    }),
  );
});
