import type {StoredMessage} from '#domain/message.ts';
import type {Observation, ObservedPort} from './observation.ts';

/** Empty ports that a person has taken out of the list. */
export interface Dismissals {
  onStored(message: StoredMessage): void;
  /** Taken out, and nothing has changed there since: it does not come back by itself. */
  isDismissed(port: ObservedPort): boolean;
}

/** Kept for as long as this agent runs; `observe` gives what is seen now. */
export function createDismissals(observe: () => Observation): Dismissals {
  const dismissed = new Map<string, ObservedPort>();
  return {
    onStored(message) {
      if (message.kind !== 'event') {
        return;
      }
      const {type, data} = message.event;
      if (type === 'cim.port.forgotten.v1') {
        const {position} = data.before;
        const seen = observe().ports.get(position);
        if (seen !== undefined) {
          dismissed.set(position, seen);
        }
      }
      if (type === 'cim.port.remembered.v1') {
        dismissed.delete(data.position);
      }
    },
    isDismissed: (port) => dismissed.get(port.position) === port,
  };
}
