import {z} from 'zod';

import {describe} from '../describe.ts';
import type {ReadOnly} from '../read-only.ts';

const Enabled = describe(z.boolean(), 'false: what is in it is not used by the kernel');
const AdminLink = describe(
  z.enum(['up', 'down']),
  'of its network interface, as an administrator sets it',
);
const Mtu = describe(z.number().int().min(68).max(65_535), 'largest packet in bytes');
const Speed = describe(
  z.union([z.number().int().min(1).max(1_000_000), z.literal('auto')]),
  'in Mb/s; auto: as both ends agree',
);
const Baud = describe(
  z.number().int().min(50).max(4_000_000),
  'of its serial line, in bits a second',
);

/** What can be set of a port; what is left out is as the machine has it. */
export const PortSettings = describe(
  z.object({
    enabled: Enabled.optional(),
    link: AdminLink.optional(),
    mtu: Mtu.optional(),
    speedMbps: Speed.optional(),
    baud: Baud.optional(),
  }),
  {id: 'PortSettings', description: 'what is set of a port; left out: as the machine has it'},
);
export type PortSettings = ReadOnly<z.infer<typeof PortSettings>>;

/** Settings to change; null: as it was found before anything was set. */
export const PortSettingsChange = describe(
  z.object({
    enabled: Enabled.nullable().optional(),
    link: AdminLink.nullable().optional(),
    mtu: Mtu.nullable().optional(),
    speedMbps: Speed.nullable().optional(),
    baud: Baud.nullable().optional(),
  }),
  {
    id: 'PortSettingsChange',
    description: 'settings that change; null: back to how it was found',
  },
);
export type PortSettingsChange = ReadOnly<z.infer<typeof PortSettingsChange>>;

export type SettingName = keyof PortSettings;

/** In the order in which they are applied: nothing can be set of what is not enabled. */
export const SETTING_NAMES: readonly SettingName[] = [
  'enabled',
  'link',
  'speedMbps',
  'mtu',
  'baud',
];

/** The settings that a change speaks of. */
export const changedNames = (change: PortSettingsChange): readonly SettingName[] =>
  SETTING_NAMES.filter((name) => change[name] !== undefined);

/** Settings after a change: null takes one away. */
export const withChange = (settings: PortSettings, change: PortSettingsChange): PortSettings =>
  fromEntries(
    SETTING_NAMES.flatMap((name) => {
      const value = change[name] === undefined ? settings[name] : change[name];
      return value === undefined || value === null ? [] : [[name, value] as const];
    }),
  );

/** The change that brings some settings back to what they are here. */
export const changeBackTo = (
  settings: PortSettings,
  names: readonly SettingName[],
): PortSettingsChange =>
  Object.fromEntries(names.map((name) => [name, settings[name] ?? null])) as PortSettingsChange;

/** Settings of these names only. */
export const pickSettings = (settings: PortSettings, names: readonly SettingName[]): PortSettings =>
  fromEntries(
    names.flatMap((name) => {
      const value = settings[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );

/** True when the change takes the port, or its line, away from whoever uses it now. */
export const cutsOff = (change: PortSettingsChange): boolean =>
  change.enabled === false ||
  change.link === 'down' ||
  typeof change.mtu === 'number' ||
  change.speedMbps !== undefined ||
  change.baud !== undefined;

/** `mtu 9000, link down`; null is `as found`. */
export const settingsWords = (change: PortSettingsChange): string =>
  changedNames(change)
    .map((name) => wordsOf(name, change[name] ?? null))
    .join(', ');

function wordsOf(name: SettingName, value: PortSettingsChange[SettingName]): string {
  const [title, unit] = TITLES[name];
  if (value === null || value === undefined) {
    return `${title} as found`;
  }
  if (name === 'enabled') {
    return value === true ? 'enabled' : 'disabled';
  }
  return `${title} ${value}${typeof value === 'number' ? unit : ''}`;
}

const TITLES: Readonly<Record<SettingName, readonly [string, string]>> = {
  enabled: ['enabled', ''],
  link: ['link', ''],
  mtu: ['mtu', ''],
  speedMbps: ['speed', ' Mb/s'],
  baud: ['speed of the line', ' Bd'],
};

const fromEntries = (entries: readonly (readonly [string, unknown])[]): PortSettings =>
  Object.fromEntries(entries) as PortSettings;
