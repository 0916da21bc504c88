import {messageType} from 'dbus-native';
import {afterEach, expect, it} from 'vitest';

import {openSystemBus} from '#drivers/machined/system-bus.ts';
import {createMuteSocket, createOneWordBus, type MadeUpBus} from '#test/support/made-up-bus.ts';
import {until} from '#test/support/until.ts';

let bus: MadeUpBus | undefined;
afterEach(() => bus?.stop());

const silence = {onSignal: () => {}, onLost: () => {}};
const hasLeft = (left: MadeUpBus) => until(left.connections, (count) => count === 0);

const noPlace = {
  type: messageType.error,
  errorName: 'org.freedesktop.DBus.Error.LimitsExceeded',
  signature: 's',
  body: ['too many connections'],
};

it.each([
  ['says nothing at all', createMuteSocket, /No reply within 100ms/],
  ['knows us, and says nothing', () => createOneWordBus(null), /No reply within 100ms/],
  ['has no place for us', () => createOneWordBus(noPlace), /too many connections/],
])('a bus that %s is none', async (_, make, reason) => {
  bus = await make();
  const {signal} = new AbortController();
  const opened = openSystemBus({...silence, address: bus.address, timeLimitMs: 100}, signal);
  await expect(opened).rejects.toMatchObject({
    code: 'no-system-bus',
    message: expect.stringMatching(reason),
  });
  await hasLeft(bus);
});

it.each(['nonsense', 'unix:directory=/run', 'tcp:host=localhost,port=99999'])(
  'address %s leads to none',
  async (address) => {
    const opened = openSystemBus({...silence, address}, new AbortController().signal);
    await expect(opened).rejects.toMatchObject({
      code: 'no-system-bus',
      message: expect.stringContaining(`${address}: `),
    });
  },
);

it('a bus that says nothing is left when it is not wanted any more', async () => {
  bus = await createMuteSocket();
  const ending = new AbortController();
  const opened = openSystemBus({...silence, address: bus.address}, ending.signal);
  await until(bus.connections, (count) => count === 1);
  ending.abort();
  await expect(opened).rejects.toMatchObject({name: 'AbortError'});
  await hasLeft(bus);
});
