import type {StoredMessage} from '#domain/message.ts';
import {ownValue} from '#domain/own.ts';
import type {PortState} from '#domain/port/state.ts';

import type {Journal} from '../journal.ts';
import {carryOutChange} from './carry-out.ts';
import {createChangeTeller} from './change-teller.ts';
import type {Occasion, PortControllerOptions} from './control-tools.ts';
import {enforceWanted} from './enforce.ts';
import {createTrials} from './trials.ts';
import {createTurns} from './turns.ts';

/** Sets the hardware of ports as their state wants it. */
export interface PortController {
  /** What is wanted holds again, and what was begun is ended. */
  start(): Promise<void>;
  onStored(message: StoredMessage): void;
  stop(): Promise<void>;
}

/** A controller that has done nothing yet. */
export function createPortController(options: PortControllerOptions): PortController {
  const {journal} = options;
  const tools = {...options, teller: createChangeTeller(options), found: new Map()};
  const trials = createTrials({...tools, onDue: (id) => turns.ask(id, 'wish')});

  const writable = (portId: string): PortState | undefined => {
    const {ports, readOnly} = journal.inventory();
    return readOnly[`port/${portId}`] === undefined ? ownValue(ports, portId) : undefined;
  };
  const turns = createTurns({
    ...options,
    async turn(portId, occasion) {
      const port = writable(portId);
      if (port === undefined) {
        return;
      }
      const {change} = port;
      if (change === null) {
        await trials.end(portId);
        await enforceWanted(tools, port, occasion);
      } else if (change.state === 'trial') {
        await trials.watch(port, change);
      } else {
        await carryOutChange(tools, port, change);
        await enforceRest(portId);
      }
    },
  });
  /** Wishes that came while another was carried out: only the newest has a turn of its own. */
  const enforceRest = async (portId: string): Promise<void> => {
    const port = writable(portId);
    if (port?.change === null) {
      await enforceWanted(tools, port, 'wish');
    }
  };
  return {
    async start() {
      await trials.sweep();
      for (const {id, wanted, change} of Object.values(journal.inventory().ports)) {
        if (change !== null || Object.keys(wanted).length > 0) {
          turns.ask(id, 'start');
        }
      }
      await turns.settled();
    },
    onStored(message) {
      tools.teller.heard(message);
      for (const {id, occasion} of asksOf(message, journal)) {
        turns.ask(id, occasion);
      }
    },
    async stop() {
      const stopped = turns.stop();
      trials.stop();
      await stopped;
    },
  };
}

interface Ask {
  readonly id: string;
  readonly occasion: Occasion;
}

/** The ports that an event asks to look at, and why. */
function asksOf(message: StoredMessage, journal: Pick<Journal, 'inventory'>): readonly Ask[] {
  if (message.kind !== 'event') {
    return [];
  }
  const {event} = message;
  switch (event.type) {
    case 'cim.port.change-requested.v1':
    case 'cim.port.change-confirmed.v1':
      return [{id: event.subject, occasion: 'wish'}];
    case 'cim.port.change-applied.v1':
      return event.data.deadline === null ? [] : [{id: event.subject, occasion: 'wish'}];
    case 'cim.device.added.v1':
      return [{id: event.data.portId, occasion: 'plug'}];
    case 'cim.device.moved.v1':
      // What is behind a dock comes with it, without an event of its own.
      return [event.data, ...(event.data.followers ?? [])].map(({portId}) => ({
        id: portId,
        occasion: 'plug',
      }));
    case 'cim.device.functions-changed.v1': {
      const device = ownValue(journal.inventory().devices, event.subject);
      return device === undefined ? [] : [{id: device.portId, occasion: 'plug'}];
    }
    default:
      return [];
  }
}
