import {type PortSettings, pickSettings, type SettingName} from '#domain/port/settings.ts';
import type {PortState} from '#domain/port/state.ts';

/**
 * What the hardware is to be set to for these settings of a port: as wanted, else as found. A
 * network port is disabled by its link: it is up where neither wish says otherwise.
 */
export function hardwareSettings(
  {class: made, wanted, found}: Pick<PortState, 'class' | 'wanted' | 'found'>,
  names: readonly SettingName[],
): PortSettings {
  const all = {...found, ...wanted};
  if (made !== 'network') {
    return pickSettings(all, names);
  }
  const own = names.filter((name) => name !== 'enabled' && name !== 'link');
  return own.length === names.length
    ? pickSettings(all, own)
    : {...pickSettings(all, own), ...linkOf(wanted, found)};
}

function linkOf(wanted: PortSettings, found: PortSettings): PortSettings {
  if (wanted.enabled === false || wanted.link === 'down') {
    return {link: 'down'};
  }
  const link = wanted.link ?? (wanted.enabled === true ? 'up' : found.link);
  return link === undefined ? {} : {link};
}
