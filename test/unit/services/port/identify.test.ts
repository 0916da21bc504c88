import {expect, test} from 'vitest';

import type {LampQuestion} from '#contracts/port-lamps.ts';
import {isCimError} from '#domain/errors.ts';
import {createMemoryEventStore} from '#drivers/memory/event-store.ts';
import {createMemoryStream} from '#drivers/memory/event-stream.ts';
import {createMemoryPortLamps} from '#drivers/memory/port-lamps.ts';
import {identifyPortCase} from '#services/port/identify.ts';
import {adapterAdded, inventoryAfter, socketAdded} from '#test/support/facts.ts';
import {codeOf, decide} from '#test/support/wishes.ts';

const KNOWN = inventoryAfter(socketAdded('usb-1'), adapterAdded('d-aaaaaaaaaa', 'usb-1'));
const stream = createMemoryStream({storeId: '0b0e7c1e-5f0a-4f0c-9a70-8a2f0f5b7f10'});
const store = createMemoryEventStore({leafId: 'l', stream});

test('is a job on the port, however it was named', () => {
  const verdict = decide('port.identify', KNOWN, {target: 'usb-1'});
  expect(verdict).toMatchObject([
    {type: 'cim.job.accepted.v1', data: {command: 'port.identify', target: 'usb-1'}},
  ]);
  expect(codeOf(decide('port.identify', KNOWN, {target: 'usb-9'}))).toBe('unknown-port');
});

const run = (lamps = createMemoryPortLamps(), signal = new AbortController().signal) => {
  const phases: string[] = [];
  const done = identifyPortCase.run?.(
    {
      target: 'usb-1',
      data: {},
      signal,
      onProgress: ({phase}) => phases.push(phase ?? ''),
    },
    {store, lamps, inventory: () => KNOWN},
  );
  return {done, phases};
};

test('fails where there is no lamp, and the error says what to do instead', async () => {
  await expect(run().done).rejects.toSatisfy((error) => isCimError(error, 'no-lamp'));
});

test('asks for the nodes of what is plugged in, and a cancel ends it', async () => {
  const asked: LampQuestion[] = [];
  const memory = createMemoryPortLamps({'/dev/ttyUSB0': 'led'});
  const cancel = new AbortController();
  const lamps = {
    ...memory,
    blink: (...[question, options]: Parameters<typeof memory.blink>) => {
      asked.push(question);
      return memory.blink(question, options);
    },
  };
  const {done, phases} = run(lamps, cancel.signal);
  expect(memory.blinking()).toEqual(['/dev/ttyUSB0']);
  expect(phases).toEqual(['usb-1: its lamp blinks']);
  cancel.abort();
  await expect(done).rejects.toThrow();
  expect(asked).toEqual([{nodes: ['/dev/ttyUSB0'], interfaces: []}]);
  expect(memory.blinking()).toEqual([]);
});
