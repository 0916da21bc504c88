import {DEVICE_CLASSES} from '#devices/classes.ts';
import {type Fact, withCause} from '#domain/catalogue.ts';
import {CimError} from '#domain/errors.ts';
import type {StoredMessage} from '#domain/message.ts';

import {createContainerWatch} from '../container/watch.ts';
import {createDismissals} from '../device/dismissed.ts';
import {createDeviceWatch} from '../device/watch.ts';
import type {DeviceWatchOptions} from '../device/watch-contract.ts';
import {createHostWatch} from '../host/watch-host.ts';
import {createJobRunner} from '../job/runner.ts';
import type {Journal} from '../journal.ts';
import {createLiveFeed} from '../live.ts';
import {createPortController} from '../port/controller.ts';
import {createUserWatch} from '../port/watch-users.ts';
import {USE_CASES} from '../registry.ts';
import {createRoleKeeper} from '../role/keeper.ts';
import {startStateRows} from '../state-rows.ts';
import {causedBy, causeFrom, type StoredCause} from '../stored-cause.ts';
import type {LeafServiceOptions} from './options.ts';

type PartsOptions = LeafServiceOptions & {readonly startedBy: StoredCause | undefined};

/** Everything that runs by itself: what watches the machine, and what tells of it. */
export function createParts(options: PartsOptions, journal: Journal, signal: AbortSignal) {
  const made = makeParts(options, journal, signal);
  const {users, watch, host, containers, roles, jobs, controller, stateRows} = made;
  const onEvent = (type: string): void => {
    if (/^cim\.(?:device\.|port\.change-)/.test(type)) {
      users.refresh();
    }
    if (/^cim\.(?:device|port|role)\./.test(type)) {
      roles.changed();
    }
    if (type === 'cim.port.unquarantined.v1') {
      watch.lookAgain();
    }
  };
  return {
    ...made,
    halt: () => haltAll(made),
    picture: () => ({
      inventory: journal.inventory(),
      users: users.users(),
      limit: watch.limit(),
      host: host.metrics(),
      containers: containers.containers(),
      roleLinks: roles.readings(),
      progress: jobs.progress(),
    }),
    onStored(message: StoredMessage): void {
      stateRows.touch();
      jobs.onStored(message);
      controller.onStored(message);
      made.dismissals.onStored(message);
      if (message.kind === 'event') {
        onEvent(message.event.type);
      }
    },
  };
}

type Parts = ReturnType<typeof makeParts>;

function makeParts(options: PartsOptions, journal: Journal, signal: AbortSignal) {
  const {agent, clock, log, usage, meter, containers: manager} = options;
  const {leafId} = agent;
  const inventory = () => journal.inventory();
  const live = createLiveFeed({
    ...options,
    leafId,
    beat: () => ({version: agent.version, limit: watch.limit(), sequence: inventory().sequence}),
  });
  const users = createUserWatch({
    reader: usage,
    clock,
    log,
    inventory,
    devpaths: () => watch.picture().devpaths(),
    onChange: live.users,
    signal,
  });
  const host = createHostWatch({meter, clock, log, onRead: live.host});
  const containers = createContainerWatch({manager, clock, log, onRead: live.containers, signal});
  const dismissals = createDismissals(() => watch.picture().observe());
  const watch = createDeviceWatch({
    ...options,
    isDismissed: dismissals.isDismissed,
    record: recordInto(journal),
    onRaw(uevent) {
      live.uevent(uevent);
      if (uevent.source === 'udev') {
        roles.heard(uevent);
      }
    },
  });
  const roles = createRoleKeeper({
    ...options,
    links: options.roleLinks,
    names: options.interfaceNames,
    classes: DEVICE_CLASSES,
    inventory,
    observation: () => watch.picture().observe(),
    onRead: live.roleLinks,
    signal,
  });
  const jobs = createJobRunner({
    ...options,
    useCases: options.useCases ?? USE_CASES,
    journal,
    tools: {...options, inventory},
    onProgress: live.job,
    signal,
  });
  const controller = createPortController({
    ...options,
    journal,
    devpathsAt: (position) => watch.picture().devpaths().get(position) ?? [],
    signal,
  });
  const stateRows = startStateRows({...options, rows: options.stateRows, inventory});
  return {live, users, host, containers, dismissals, watch, roles, jobs, controller, stateRows};
}

async function haltAll(parts: Parts) {
  const {stateRows, jobs, roles, controller, containers, host, users, live, watch} = parts;
  stateRows.stop();
  roles.stop();
  await controller.stop();
  await jobs.stop();
  await containers.stop();
  host.stop();
  users.stop();
  live.stop();
  await watch.stop();
}

/** Stores what the devices show; what is refused is thrown, and tried again. */
const recordInto =
  (journal: Journal): DeviceWatchOptions['record'] =>
  async (decide, {time, cause, stored}) => {
    const withIt = (facts: readonly Fact[]): readonly Fact[] =>
      cause === undefined ? facts : facts.map((fact) => withCause(fact, cause));
    const outcome = await journal.submit((known) => withIt(decide(known)), {
      ...causedBy(stored),
      channel: 'system',
      time,
    });
    if (outcome.kind === 'refused') {
      throw new CimError(outcome.refused, 'record what the devices show');
    }
    return causeFrom(outcome, stored);
  };
