import {describe, expect, it} from 'vitest';
import {createStore} from 'zustand/vanilla';

import {UNREAD_CONTAINERS} from '#domain/container/container.ts';
import {UNREAD_ROLE_LINKS} from '#domain/role/link.ts';
import {createBatchedStore} from '#store/batch.ts';
import {roleAwaiting} from '#store/ports.ts';
import type {ReadState} from '#store/read-store.ts';
import {createSelectors} from '#store/selectors.ts';
import {sinceVisit} from '#store/visit.ts';
import {sampleInventory, sampleMessages, sampleUsers} from '#test/support/sample-inventory.ts';

const STATE: ReadState = {
  inventory: sampleInventory,
  history: sampleMessages,
  users: sampleUsers,
  connection: {kind: 'live', since: 0},
  limits: null,
  past: null,
  host: null,
  containers: UNREAD_CONTAINERS,
  roleLinks: UNREAD_ROLE_LINKS,
  progress: {},
  uevents: [],
  ueventCount: 0,
  plugs: [],
  visit: null,
  leafKind: 'real',
  isReadonly: false,
  asksOnQuit: false,
  actor: 'ben',
  leafId: 'l',
};

describe('selectors', () => {
  it('give the same thing for the same state, and compute it anew when it changes', () => {
    const selectors = createSelectors();
    const rows = selectors.portRows(STATE);
    expect(selectors.portRows({...STATE, limits: 'x'})).toBe(rows);
    expect(selectors.portRows({...STATE, users: {}})).not.toBe(rows);
    expect(selectors.attention(STATE)).toBe(selectors.attention({...STATE, limits: 'x'}));
  });

  it('find a port by its id', () => {
    const selectors = createSelectors();
    expect(selectors.portRow(STATE, 'usb-14-0-3')?.label).toBe('USB 3');
    expect(selectors.portRow(STATE, 'nothing')).toBeUndefined();
  });

  it('call ports and units by their names, unknown ones by their ids', () => {
    const names = createSelectors().names(STATE);
    expect(names.port('usb-14-0-3')).toBe('USB 3');
    expect(names.port('gone')).toBe('gone');
    expect(names.device('d-aaaaaaaaae')).toBe('FTDI FT232R USB UART A50285BI');
    expect(names.device('d-aaaaaaaaac')).toBe('16550A');
    expect(names.device('gone')).toBe('gone');
  });
});

describe('since a visit', () => {
  const rows = createSelectors().eventRows(STATE.history, STATE.inventory);

  it('counts what happened and by whom, the most frequent first', () => {
    const {total, isPartial, counts} = sinceVisit(rows, 26, 33);
    expect(total).toBe(7);
    expect(isPartial).toBe(false);
    expect(counts[0]).toEqual({what: 'labelled', count: 2, who: ['ben'], newest: 33});
    expect(counts.find(({what}) => what === 'unplugged')).toMatchObject({count: 1, who: []});
  });

  it('says when the counts cover only the newest', () => {
    expect(sinceVisit(rows.slice(20), 3, 33)).toMatchObject({total: 30, isPartial: true});
    expect(sinceVisit([], 33, 33)).toMatchObject({total: 0, isPartial: false, counts: []});
  });
});

it('a role that leads nowhere is offered to a port whose unit fits it and serves none', () => {
  expect(roleAwaiting(sampleInventory, 'usb-14-0-3')).toBe('scanner-gate2');
  expect(roleAwaiting(sampleInventory, 'usb-14-0-1')).toBeNull();
  expect(roleAwaiting(sampleInventory, 'no-such-port')).toBeNull();
});

describe('a batched store', () => {
  it('tells once of all changes of a batch', () => {
    const {store, batch} = createBatchedStore(createStore(() => ({a: 0, b: 0})));
    const told: unknown[] = [];
    const stop = store.subscribe((state) => told.push(state));
    batch(() => {
      store.setState({a: 1});
      store.setState({b: 1});
      expect(store.getState()).toEqual({a: 1, b: 1});
    });
    store.setState({a: 2});
    stop();
    store.setState({a: 3});
    expect(told).toEqual([
      {a: 1, b: 1},
      {a: 2, b: 1},
    ]);
  });
});
