import fc from 'fast-check';
import {expect, test} from 'vitest';

import type {StateRows} from '#contracts/state-rows.ts';
import {STATE_SCHEMAS, type StateKind} from '#domain/kv-row.ts';
import {createMemoryClock} from '#drivers/memory/clock.ts';
import {createMemoryStateRows} from '#drivers/memory/state-rows.ts';
import {createCodec} from '#drivers/system/codec.ts';
import {foldInventory, type Inventory, initialInventory} from '#projections/inventory.ts';
import {startStateRows, stateRowsOf} from '#services/state-rows.ts';
import {arbitraryHistory} from '#test/support/arbitrary-history.ts';
import {sampleInventory} from '#test/support/sample-inventory.ts';
import {silentLog} from '#test/support/silent-log.ts';

const codec = createCodec();

function startOn(rows: StateRows) {
  const clock = createMemoryClock();
  let inventory: Inventory = initialInventory;
  const writer = startStateRows({rows, codec, clock, log: silentLog, inventory: () => inventory});
  return {
    clock,
    writer,
    become(next: Inventory) {
      inventory = next;
      writer.touch();
    },
  };
}

async function readAll(rows: StateRows): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const key of await rows.keys()) {
    found.set(key, codec.decode((await rows.get(key)) ?? new Uint8Array()));
  }
  return found;
}

/** As JSON gives it back. */
const plain = (rows: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> =>
  new Map([...rows].map(([key, value]) => [key, JSON.parse(JSON.stringify(value))]));

test('each row fits the schema of its kind', () => {
  const rows = [...stateRowsOf(sampleInventory)];
  expect(new Set(rows.map(([key]) => key.split('.')[0]))).toEqual(
    new Set(Object.keys(STATE_SCHEMAS)),
  );
  for (const [key, value] of rows) {
    const kind = key.split('.')[0] as StateKind;
    const read = STATE_SCHEMAS[kind].strict().safeParse(value);
    expect(read.error?.issues ?? [], key).toEqual([]);
  }
});

test('the rows are those of the state, whatever it was before and whatever lay there', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryHistory, arbitraryHistory, async (before, after) => {
      const rows = createMemoryStateRows();
      await rows.put('port.of-another-life', codec.encode({}));
      const {clock, become} = startOn(rows);
      for (const history of [before, after]) {
        const inventory = foldInventory(initialInventory, history);
        become(inventory);
        await clock.turn(1000);
        expect(await readAll(rows)).toEqual(plain(stateRowsOf(inventory)));
      }
    }),
    {numRuns: 30},
  );
});

test('a bucket that was forgotten is written whole again', async () => {
  const rows = createMemoryStateRows();
  let isAway = false;
  const sometimes: StateRows = {
    ...rows,
    put: (key, value) => (isAway ? Promise.reject(new Error('no server')) : rows.put(key, value)),
  };
  const {clock, become} = startOn(sometimes);
  become({...sampleInventory, leaf: {...sampleInventory.leaf, label: 'before'}});
  await clock.turn(1000);
  isAway = true;
  become(sampleInventory);
  await clock.turn(1000);
  for (const key of await rows.keys()) await rows.remove(key);
  isAway = false;
  await clock.turn(2000);
  expect(await readAll(rows)).toEqual(plain(stateRowsOf(sampleInventory)));
});

test('what has not changed is not written again', async () => {
  const rows = createMemoryStateRows();
  const puts: string[] = [];
  const counting: StateRows = {
    ...rows,
    put(key, value) {
      puts.push(key);
      return rows.put(key, value);
    },
  };
  const {clock, become} = startOn(counting);
  become(sampleInventory);
  await clock.turn(1000);
  puts.length = 0;
  become({...sampleInventory, leaf: {...sampleInventory.leaf, label: 'new'}});
  await clock.turn(1000);
  expect(puts).toEqual([`leaf.${sampleInventory.leaf.leafId}`]);
});
