import {expect, it} from 'vitest';

import {unitPath} from '#drivers/machined/machines.ts';

// As `busctl tree org.freedesktop.systemd1` prints them.
it.each([
  ['dbus.service', '/org/freedesktop/systemd1/unit/dbus_2eservice'],
  ['container@web.service', '/org/freedesktop/systemd1/unit/container_40web_2eservice'],
  ['machine-plc\\x2dsim.scope', '/org/freedesktop/systemd1/unit/machine_2dplc_5cx2dsim_2escope'],
  ['3com.service', '/org/freedesktop/systemd1/unit/_33com_2eservice'],
])('the object of unit %s is %s', (unit, path) => {
  expect(unitPath(unit)).toBe(path);
});
