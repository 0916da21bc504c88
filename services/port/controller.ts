import type {StoredMessage} from '#domain/message.ts';
import {ownValue} from '#domain/own.ts';
import type {PortState} from '#domain/port/state.ts';

import type {Journal} from '../journal.ts';
import {carryOutChange} from './carry-out.ts';
import {createChangeTeller} from './change-teller.ts';
import type {Occasion, PortControllerOptions} from './control-tools.ts';
import {enforceWanted} from './enforce.ts';
import {createTrials} from './trials.ts';

/** Sets the hardware of ports as their state wants it. */
export interface PortController {
  /** What is wanted holds again, and what was begun is ended. */
  start(): Promise<void>;
  onStored(message: StoredMessage): void;
  stop(): Promise<void>;
}

/** What could not be stored or done is looked at again after this. */
const AGAIN_MS = 5000;

/** A controller that has done nothing yet. One port is worked on by one turn at a time. */
export function createPortController(options: PortControllerOptions): PortController {
  const {journal, clock, log, signal} = options;
  const turns = new Map<string, Promise<void>>();
  const waiting = new Map<string, Occasion>();
  let isStopped = false;
  const teller = createChangeTeller(options);
  const trials = createTrials({...options, teller, onDue: (id) => follow(id, 'wish')});
  const tools = {...options, teller, found: new Map()};

  const turn = async (port: PortState, occasion: Occasion): Promise<void> => {
    const {change} = port;
    if (change === null) {
      await trials.end(port.id);
      await enforceWanted(tools, port, occasion);
    } else if (change.state === 'trial') {
      await trials.watch(port, change);
    } else {
      await carryOutChange(tools, port, change);
      await enforceRest(port.id);
    }
  };
  /** Wishes that came while another was carried out: only the newest has a turn of its own. */
  const enforceRest = async (portId: string): Promise<void> => {
    const port = ownValue(journal.inventory().ports, portId);
    if (port !== undefined && port.change === null) {
      await enforceWanted(tools, port, 'wish');
    }
  };
  const follow = (portId: string, occasion: Occasion): void => {
    if (isStopped || signal.aborted) {
      return;
    }
    if (turns.has(portId)) {
      waiting.set(portId, occasion);
      return;
    }
    turns.set(portId, begin(portId, occasion));
  };
  const begin = async (portId: string, occasion: Occasion): Promise<void> => {
    await Promise.resolve(); // the event that began it is told to all first
    try {
      const port = ownValue(journal.inventory().ports, portId);
      if (port !== undefined && journal.inventory().readOnly[`port/${portId}`] === undefined) {
        await turn(port, occasion);
      }
    } catch (error) {
      if (!isStopped && !signal.aborted) {
        log.error(`set port ${portId}`, error);
        clock.after(AGAIN_MS, () => follow(portId, occasion));
      }
    }
    turns.delete(portId);
    const next = waiting.get(portId);
    waiting.delete(portId);
    if (next !== undefined) {
      follow(portId, next);
    }
  };
  return {
    async start() {
      await trials.sweep();
      for (const {id, wanted, change} of Object.values(journal.inventory().ports)) {
        if (change !== null || Object.keys(wanted).length > 0) {
          follow(id, 'start');
        }
      }
      await Promise.all(turns.values());
    },
    onStored(message) {
      teller.heard(message);
      for (const {id, occasion} of portsOf(message, journal)) {
        follow(id, occasion);
      }
    },
    async stop() {
      isStopped = true;
      trials.stop();
      await Promise.all(turns.values());
    },
  };
}

interface Ask {
  readonly id: string;
  readonly occasion: Occasion;
}

/** The ports that an event asks to look at, and why. */
function portsOf(message: StoredMessage, journal: Pick<Journal, 'inventory'>): readonly Ask[] {
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
