import {randomBytes} from 'node:crypto';

import type {Ended} from '#test/support/stage.ts';
import {openDoor} from './door.ts';
import {type Guest, startGuest} from './guest.ts';
import {type GuestScreen, openGuestScreen} from './guest-screen.ts';
import {followLines, type LineStream} from './line-stream.ts';
import {createUsb, type Plugged, type UsbDevice} from './usb.ts';
import {WARM} from './warm.ts';

/** A virtual machine with a leaf in it, for one test. */
export interface Vm {
  readonly guest: Guest;
  /** `udevadm monitor --udev`, `port watch --json` and the console: they ran before it was ours. */
  readonly udev: LineStream;
  readonly ports: LineStream;
  readonly console: GuestScreen;
  /** Runs a shell script in it to its end. */
  run(script: string): Promise<Ended>;
  /** What a script prints. @throws an Error with its last words when it exits other than 0 */
  ask(script: string): Promise<string>;
  /** The JSON lines that a cim-tui on the host prints of the leaf in the guest. */
  json(...args: readonly string[]): Promise<readonly Record<string, unknown>[]>;
  /** Plugs a USB device in. */
  plug(device: UsbDevice): Promise<Plugged>;
  stop(): Promise<void>;
}

/** Starts a warm guest: half a second. `await vm.stop()` afterwards, always. */
export async function openVm({base, warm}: {readonly base: string; readonly warm: string}) {
  const guest = await startGuest({image: base, from: warm, seed: `${warm}/seed`});
  try {
    return await asVm(guest, warm);
  } catch (error) {
    await guest.stop();
    throw error;
  }
}

async function asVm(guest: Guest, warm: string): Promise<Vm> {
  // Its clock stands where it was kept, and each copy of it holds the same random pool.
  await guest.control.wake(new Date(), randomBytes(64).toString('hex'));
  const run = (script: string) => guest.control.run(script);
  const ask = async (script: string): Promise<string> => {
    const {code, stdout, stderr} = await run(script);
    if (code === 0) return stdout;
    throw new Error(`in the guest: ${script}: exit ${code}: ${stderr || stdout}`);
  };
  return {
    guest,
    udev: followLines(guest.channel(WARM.udev.channel)),
    ports: followLines(guest.channel(WARM.ports.channel)),
    console: openGuestScreen(guest.channel(WARM.console.channel)),
    run,
    ask,
    json: await openDoor(guest, warm),
    plug: createUsb(guest),
    stop: () => guest.stop(),
  };
}
