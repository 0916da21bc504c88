import type {ControlledPort} from '#contracts/port-control.ts';
import type {PortState} from '#domain/port/state.ts';
import type {Inventory} from '#projections/inventory.ts';
import {deviceInPort} from '#projections/port-rows.ts';

/** A port as its hardware is reached: by what is in it now. */
export function controlledPort(
  inventory: Inventory,
  port: PortState,
  devpathsAt: (position: string) => readonly string[],
): ControlledPort {
  const functions = deviceInPort(inventory, port)?.functions ?? [];
  const network = functions.find((item) => item.interface !== null);
  const serial = functions.find((item) => item.class === 'serial');
  return {
    portId: port.id,
    devpaths: devpathsAt(port.position),
    interface: network?.interface ?? null,
    line: serial?.nodes[0]?.path ?? null,
  };
}
