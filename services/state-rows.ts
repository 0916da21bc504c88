import type {Clock} from '#contracts/clock.ts';
import type {Codec} from '#contracts/codec.ts';
import type {Log} from '#contracts/log.ts';
import type {StateRows} from '#contracts/state-rows.ts';
import {KV_ROW_VERSION, type StateKind, stateKey} from '#domain/kv-row.ts';
import type {Inventory} from '#projections/inventory.ts';
import {portRows} from '#projections/port-rows.ts';
import {roleRows} from '#projections/role-rows.ts';

export interface StateRowsOptions {
  readonly rows: StateRows;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly log: Log;
  readonly inventory: () => Inventory;
}

/** Keeps the rows as the state is, a moment behind it. */
export interface StateWriter {
  /** Something was applied. */
  touch(): void;
  stop(): void;
}

/** Rows are written together this often. */
const EVERY_MS = 200;
/** A bucket that could not be written is written whole after this. */
const AGAIN_MS = 1000;

/** A writer that has compared nothing yet: its first round also removes what should not be there. */
export function startStateRows(options: StateRowsOptions): StateWriter {
  const {clock, log} = options;
  let written: Map<string, string> | undefined;
  let cancel: (() => void) | undefined;
  let isBusy = false;
  let isStopped = false;
  const plan = (delayMs: number): void => {
    if (cancel === undefined && !isBusy && !isStopped) {
      cancel = clock.after(delayMs, () => void round());
    }
  };
  const round = async (): Promise<void> => {
    cancel = undefined;
    isBusy = true;
    const sequence = options.inventory().sequence;
    let delayMs = EVERY_MS;
    try {
      written ??= new Map((await options.rows.keys()).map((key) => [key, '']));
      await writeWhatDiffers(options, written);
    } catch (error) {
      written = undefined; // the server may have forgotten all of it
      delayMs = AGAIN_MS;
      log.error('write rows of state', error);
    }
    isBusy = false;
    if (written === undefined || options.inventory().sequence !== sequence) {
      plan(delayMs);
    }
  };
  plan(0);
  return {
    touch: () => plan(EVERY_MS),
    stop() {
      isStopped = true;
      cancel?.();
    },
  };
}

async function writeWhatDiffers(
  {rows, codec, inventory}: StateRowsOptions,
  written: Map<string, string>,
): Promise<void> {
  const wanted = stateRowsOf(inventory());
  for (const [key, value] of wanted) {
    const text = JSON.stringify(value);
    if (written.get(key) !== text) {
      await rows.put(key, codec.encode(value));
      written.set(key, text);
    }
  }
  for (const key of [...written.keys()].filter((present) => !wanted.has(present))) {
    await rows.remove(key);
    written.delete(key);
  }
}

/** Every row by its key, as `domain/kv-row.ts` describes it. */
export function stateRowsOf(inventory: Inventory): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  const put = <Data extends {readonly sequence: number}>(
    kind: StateKind,
    id: string,
    data: Data,
    sequence = data.sequence,
  ): void => {
    found.set(stateKey(kind, id), {v: KV_ROW_VERSION, sequence, data});
  };
  const {leaf} = inventory;
  if (leaf.leafId !== null) {
    put('leaf', leaf.leafId, leaf);
  }
  for (const {user: _user, device, ...port} of portRows(inventory, {})) {
    // Who uses it is live: it changes without an event.
    const functions = device?.functions.map(({user: _live, ...rest}) => rest);
    const unit = device === null ? undefined : inventory.devices[device.id];
    const sequence = Math.max(port.sequence, unit?.sequence ?? 0);
    put('port', port.id, {...port, device: device && {...device, functions}}, sequence);
  }
  for (const device of Object.values(inventory.devices)) {
    put('device', device.id, device);
  }
  for (const {links: _links, ...role} of roleRows(inventory, {list: []})) {
    put('role', role.id, role);
  }
  return found;
}
