import type {Names} from '#domain/event/words.ts';

import type {Inventory} from './inventory.ts';
import {portTitle} from './port-rows.ts';

/** What ports and devices are called now: a port by label or name, a device with its serial. */
export const namesOf = ({ports, devices}: Pick<Inventory, 'ports' | 'devices'>): Names => ({
  port(id) {
    const port = ports[id];
    return port === undefined ? id : portTitle(port);
  },
  device(id) {
    const device = devices[id];
    if (device === undefined) {
      return id;
    }
    return device.serial === null ? device.name : `${device.name} ${device.serial}`;
  },
});
