import type {Fact} from '../catalogue.ts';
import type {Changes} from '../set-fields.ts';
import type {Step} from '../step.ts';
import type {PortStateRow} from './row.ts';
import {
  changeBackTo,
  changedNames,
  type PortSettingsChange,
  SETTING_NAMES,
  withChange,
} from './settings.ts';

type ChangeFact = Extract<Fact, {type: `cim.port.change-${string}`}>;
type Port = PortStateRow;

/** What an event about a change of a port's hardware state makes of the port. */
export function evolveChange(port: Port, step: Step, fact: ChangeFact): Changes<Port> {
  switch (fact.type) {
    case 'cim.port.change-requested.v1': {
      const {change, before, trySeconds} = fact.data;
      const {sequence: requested, time: at} = step;
      return {
        wanted: withChange(port.wanted, change),
        change: {requested, at, change, before, trySeconds, state: 'requested', deadline: null},
      };
    }
    case 'cim.port.change-applied.v1': {
      const {change, found, deadline, requested} = fact.data;
      const isNewest = port.change?.requested === requested;
      const open = deadline === null ? null : withDeadline(port, deadline);
      return {
        ...stateAfter(port, change),
        found: foundAfter(port, change, found),
        ...(isNewest ? {change: open} : {}),
      };
    }
    case 'cim.port.change-failed.v1':
      return isOpen(port, fact) ? takenBack(port) : withdrawn(port, fact.data);
    case 'cim.port.change-confirmed.v1':
      return isOpen(port, fact) ? {change: null} : {};
    case 'cim.port.change-reverted.v1': {
      const wanted = withChange(port.wanted, port.change?.before ?? {});
      return isOpen(port, fact)
        ? {...takenBack(port), ...stateAfter(port, {enabled: wanted.enabled ?? true})}
        : {};
    }
  }
}

const isOpen = (
  {change}: Port,
  {data: {requested}}: Exclude<ChangeFact, {type: 'cim.port.change-requested.v1'}>,
): boolean => change !== null && change.requested === requested;

const withDeadline = ({change}: Port, deadline: string): Port['change'] =>
  change === null ? null : {...change, state: 'trial', deadline};

/** A wish that failed while a newer one waited: what that does not speak of is wanted no more. */
function withdrawn(
  {wanted, change: newer}: Port,
  {requested, change}: Extract<ChangeFact, {type: 'cim.port.change-failed.v1'}>['data'],
): Changes<Port> {
  const names = changedNames(change).filter(
    (name) => newer?.change[name] === undefined && wanted[name] === change[name],
  );
  return requested === null || names.length === 0
    ? {}
    : {wanted: withChange(wanted, changeBackTo({}, names))};
}

/** Nothing of the change is wanted any more, and how that was found is nothing to go back to. */
function takenBack({wanted, found, change}: Port): Changes<Port> {
  const left = withChange(wanted, change?.before ?? {});
  return {
    wanted: left,
    found: Object.keys(left).length === 0 ? {} : withoutLetGo(found, change?.before ?? {}),
    change: null,
  };
}

/** How things were before anything was first wanted of them; nothing wanted: nothing to keep. */
function foundAfter(
  {wanted, found}: Port,
  change: PortSettingsChange,
  now: Port['found'],
): Port['found'] {
  if (Object.keys(wanted).length === 0) {
    return {};
  }
  return withoutLetGo({...now, ...found}, change);
}

/** Of a setting that is as it was found nothing is kept. */
const withoutLetGo = (found: Port['found'], change: PortSettingsChange): Port['found'] =>
  withChange(
    found,
    Object.fromEntries(
      SETTING_NAMES.filter((name) => change[name] === null).map((name) => [name, null]),
    ),
  );

/** A port is disabled once that is applied, and as it is filled once it is taken back. */
function stateAfter(port: Port, {enabled}: PortSettingsChange): Changes<Port> {
  if (enabled === false) {
    return port.state === 'disabled' ? {} : {state: 'disabled'};
  }
  if (enabled === undefined || port.state !== 'disabled') {
    return {};
  }
  const isFilled = port.deviceId !== null && port.link !== 'down';
  return {state: isFilled || port.kind === 'virtual' ? 'present' : 'absent'};
}
