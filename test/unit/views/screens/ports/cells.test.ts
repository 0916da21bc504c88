import {expect, test} from 'vitest';

import {type PortRow, portRows} from '#projections/port-rows.ts';
import {loadFixture} from '#test/support/hardware.ts';
import {leafAfter} from '#test/support/pictures.ts';
import {wholeCells} from '#test/support/port-cells.ts';
import {classCell, deviceCell, directionCell} from '#views/screens/ports/cells.ts';

const ROWS = portRows(leafAfter(loadFixture('field-box')), {});
const cellsOf = (row: PortRow) => [classCell(row), directionCell(row), deviceCell(row)];

test('a connected screen is told of, an empty connector is only a place', () => {
  const screens = ROWS.filter(({parent}) => parent === 'display-0000-02-0');
  expect(screens.map((row) => [row.name, ...cellsOf(row)])).toEqual([
    ['DP-1', '-', '-', '(empty)'],
    ['eDP-1', 'display', 'out', '(connected)'],
    ['HDMI-A-1', 'display', 'out', '(connected)'],
  ]);
});

test('every port of the machine says what it is for', () => {
  for (const row of ROWS) {
    const {CLASS, IO, DEVICE} = wholeCells(row);
    expect(cellsOf(row)).toEqual([CLASS, IO, DEVICE]);
  }
  expect(new Set(ROWS.map(({class: made}) => made))).toEqual(
    new Set(['audio', 'display', 'gpio', 'i2c', 'modem', 'sensor', 'storage']),
  );
});
