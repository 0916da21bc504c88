import type {Fact} from '#domain/catalogue.ts';
import type {Refusal} from '#domain/command.ts';
import {
  changeBackTo,
  changedNames,
  cutsOff,
  type PortSettingsChange,
  type SettingName,
  settingsWords,
  withChange,
} from '#domain/port/settings.ts';
import type {PortState} from '#domain/port/state.ts';
import {hazardsOf} from '#projections/hazards.ts';
import type {Inventory} from '#projections/inventory.ts';
import {deviceInPort} from '#projections/port-rows.ts';

import type {Stake, Verdict} from '../use-case.ts';
import {hardwareSettings} from './hardware-settings.ts';

export interface ChangeWish {
  readonly change: PortSettingsChange;
  /** undefined: it is not tried first. */
  readonly trySeconds?: number | undefined;
  /** undefined: nobody has looked what hangs on the port. */
  readonly stake: Stake | undefined;
}

/** Wants a port's hardware otherwise, or tells why that is not done. */
export function changeFacts(inventory: Inventory, port: PortState, wish: ChangeWish): Verdict {
  const {change, trySeconds, stake} = wish;
  return (
    openChange(port) ??
    unfit(inventory, port, change) ??
    unchanged(port, change) ??
    cutOff(inventory, port, {change, trySeconds, stake}) ?? [requestOf(port, change, trySeconds)]
  );
}

const requestOf = (port: PortState, change: PortSettingsChange, trySeconds?: number): Fact => ({
  type: 'cim.port.change-requested.v1',
  subject: port.id,
  data: {
    change,
    before: changeBackTo(port.wanted, changedNames(change)),
    trySeconds: trySeconds ?? null,
  },
});

/** What is prepared to come back would not know of a second change. */
function openChange({id, change}: PortState): Refusal | undefined {
  return change === null || change.trySeconds === null
    ? undefined
    : {refused: 'change-open', detail: id, by: {sequence: change.requested}};
}

const NEEDS: Readonly<Record<SettingName, string | null>> = {
  enabled: null,
  link: 'network',
  mtu: 'network',
  speedMbps: 'network',
  baud: 'serial',
};

/** What was found with a unit that is away is let go of all the same. */
function unfit(
  inventory: Inventory,
  port: PortState,
  change: PortSettingsChange,
): Refusal | undefined {
  const classes = deviceInPort(inventory, port)?.functions.map((item) => item.class) ?? [];
  const missing = changedNames(change).find((name) => {
    const needed = NEEDS[name];
    return needed !== null && change[name] !== null && !classes.includes(needed);
  });
  return missing === undefined
    ? undefined
    : {refused: 'not-for-this-port', detail: `${port.id} has no ${NEEDS[missing]} function`};
}

function unchanged(port: PortState, change: PortSettingsChange): Refusal | undefined {
  const names = changedNames(change);
  const isSo = names.every((name) => (port.wanted[name] ?? null) === (change[name] ?? null));
  return isSo
    ? {refused: 'nothing-to-change', detail: `${port.id}: ${settingsWords(change) || 'as it is'}`}
    : undefined;
}

/** As it was found can be down, or disabled. */
function endsDark(port: PortState, change: PortSettingsChange): boolean {
  const wanted = withChange(port.wanted, change);
  const {enabled, link} = hardwareSettings({...port, wanted}, changedNames(change));
  return enabled === false || link === 'down';
}

/** The disk of the system is never let go of; what others hang on only on trial. */
function cutOff(
  inventory: Inventory,
  port: PortState,
  {change, trySeconds, stake}: ChangeWish,
): Refusal | undefined {
  if (stake === undefined || !(cutsOff(change) || endsDark(port, change))) {
    return undefined;
  }
  const {kinds} = hazardsOf({inventory, ...stake}, port);
  const [worst] = trySeconds === undefined ? kinds : kinds.filter((kind) => kind === 'boot-disk');
  return worst === undefined ? undefined : {refused: worst, detail: port.label ?? port.id};
}
