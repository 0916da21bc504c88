import type {StoredMessage} from '#domain/message.ts';
import type {Inventory} from '#projections/inventory.ts';

/** Something physical that was plugged in while this console looked on. */
export interface Plug {
  readonly sequence: number;
  readonly portId: string;
  readonly deviceId: string;
  /** Milliseconds since 1970, on the leaf's clock. */
  readonly at: number;
  /** Where the unit was before, when it moved. */
  readonly fromPortId: string | null;
}

/** How many plugs `n` can walk back through. */
const PLUGS_MAX = 20;
/** An event older than this when it arrives is history, not news. */
const NEWS_MS = 60_000;

/** The plugs, newest first, after one more message; `inventory` is the state with it folded in. */
export function evolvePlugs(
  plugs: readonly Plug[],
  inventory: Inventory,
  message: StoredMessage,
  now: number,
): readonly Plug[] {
  const plug = plugOf(message);
  const isPhysical = plug !== null && inventory.ports[plug.portId]?.kind !== 'virtual';
  if (!isPhysical || Math.abs(now - plug.at) > NEWS_MS) {
    return plugs;
  }
  const others = plugs.filter(({portId}) => portId !== plug.portId);
  return [plug, ...others].slice(0, PLUGS_MAX);
}

function plugOf(message: StoredMessage): Plug | null {
  if (message.kind !== 'event') {
    return null;
  }
  const {event, sequence} = message;
  const at = Date.parse(event.time);
  switch (event.type) {
    case 'cim.device.added.v1': {
      const {portId, origin} = event.data;
      const plug = {sequence, portId, deviceId: event.subject, at, fromPortId: null};
      return origin === 'plug' ? plug : null;
    }
    case 'cim.device.moved.v1': {
      const {portId, before, origin} = event.data;
      const plug = {sequence, portId, deviceId: event.subject, at, fromPortId: before.portId};
      return origin === 'start' ? null : plug;
    }
    default:
      return null;
  }
}
