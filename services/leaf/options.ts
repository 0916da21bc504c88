import type {Bus} from '#contracts/bus.ts';
import type {Clock} from '#contracts/clock.ts';
import type {Codec} from '#contracts/codec.ts';
import type {ContainerManager} from '#contracts/container-manager.ts';
import type {DeviceMonitor, LinkMonitor} from '#contracts/device-monitor.ts';
import type {EventStore} from '#contracts/event-store.ts';
import type {HostMeter} from '#contracts/host-meter.ts';
import type {IdSource} from '#contracts/ids.ts';
import type {InterfaceNames} from '#contracts/interface-names.ts';
import type {Log} from '#contracts/log.ts';
import type {PortControl} from '#contracts/port-control.ts';
import type {PortLamps} from '#contracts/port-lamps.ts';
import type {RevertGuard} from '#contracts/revert-guard.ts';
import type {RoleLinks} from '#contracts/role-links.ts';
import type {RouteFinder} from '#contracts/route-finder.ts';
import type {SnapshotStore} from '#contracts/snapshots.ts';
import type {StateRows} from '#contracts/state-rows.ts';
import type {UsageReader} from '#contracts/usage-reader.ts';
import type {StoredMessage} from '#domain/message.ts';

import type {UseCase} from '../use-case.ts';
import type {AgentIdentity} from './life.ts';

/** Everything a leaf's service layer stands on, and who it is. */
export interface LeafServiceOptions {
  readonly agent: AgentIdentity;
  /** Lease epoch. */
  readonly epoch: number;
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
  readonly stateRows: StateRows;
  readonly bus: Bus;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly monitor: DeviceMonitor;
  readonly links: LinkMonitor;
  readonly usage: UsageReader;
  readonly meter: HostMeter;
  readonly containers: ContainerManager;
  readonly roleLinks: RoleLinks;
  readonly interfaceNames: InterfaceNames;
  readonly lamps: PortLamps;
  readonly control: PortControl;
  readonly guard: RevertGuard;
  readonly routes: RouteFinder;
  /** Every command it answers, and the jobs among them: all there are when left out. */
  readonly useCases?: readonly UseCase[] | undefined;
  /** So many events apart states are kept: 20,000 when left out. */
  readonly snapshotEvery?: number | undefined;
  /** Called while it starts, with how many of its events it has read. */
  readonly onReading?: ((done: number, total: number) => void) | undefined;
  /** Called with each message once it is stored. */
  readonly onStored?: ((message: StoredMessage) => void) | undefined;
}
