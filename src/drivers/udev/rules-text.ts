import type {LinkRule} from '#contracts/role-links.ts';
import {CimError} from '#domain/errors.ts';

/** Name of our file of rules: behind those that ask units who they are, before those that act. */
export const RULES_NAME = '72-cim-runtime.rules';

const HEAD = [
  '# Links of roles, and who keeps off their devices. Written by cim-tui: changes are lost.',
  'ACTION=="remove", GOTO="cim_end"',
];
const TAIL = ['LABEL="cim_end"', ''];
/** An input that was muted for a role is heard again with the rule gone. */
const UNMUTE = [
  '# what no rule mutes any more',
  'SUBSYSTEM=="input", KERNEL=="input[0-9]*", IMPORT{db}="CIM_MUTED"',
  'SUBSYSTEM=="input", KERNEL=="input[0-9]*", ENV{CIM_MUTED}=="1", ENV{.CIM_MUTE}!="1", ATTR{inhibited}="0", ENV{CIM_MUTED}=""',
];

/** A rule that cannot be written safely is left out, and named. */
export interface RulesText {
  readonly text: string;
  readonly refused: readonly {readonly rule: LinkRule; readonly reason: string}[];
}

/**
 * The rules as a file for udev. Whoever holds a link keeps it: a second unit that fits gets it only
 * once the first is gone, where plain SYMLINK rules hand it to the one that came last.
 */
export function printRules(rules: readonly LinkRule[]): RulesText {
  const lines: string[] = [];
  const refused: {rule: LinkRule; reason: string}[] = [];
  rules.forEach((rule, index) => {
    try {
      lines.push('', ...printRule(rule, index));
    } catch (error) {
      refused.push({rule, reason: error instanceof CimError ? error.message : String(error)});
    }
  });
  return {text: [...HEAD, ...lines, '', ...UNMUTE, ...TAIL].join('\n'), refused};
}

function printRule(rule: LinkRule, index: number): readonly string[] {
  const {role, link, subsystem, marks, idPath, claims} = rule;
  const fits = `ENV{.CIM_UNIT_${index}}=="1"`;
  const bus = `ENV{.CIM_BUS_${index}}`;
  const claim = `CIM_LINK_${index}_${propertyOf(link)}`;
  const held = propertyName(link);
  const node = [
    fits,
    `SUBSYSTEM=="${value(subsystem)}"`,
    `KERNEL=="${pattern(rule.namePattern)}"`,
    `DEVPATH=="${pattern(rule.nodePattern)}"`,
    ...(rule.devtype === null ? [] : [`ENV{DEVTYPE}=="${value(rule.devtype)}"`]),
    ...(idPath === null ? [] : [`ENV{ID_PATH}=="${value(idPath)}"`]),
  ];
  // Each attribute may be of another parent, so each is a step of its own.
  const steps = Object.entries(marks).map(([key, text]) => `ATTRS{${key}}=="${value(text)}"`);
  const at = (step: number) => `ENV{.${claim}}=="${step}"`;
  const last = steps.length;
  return [
    `# role ${role}: ${comment(link)}`,
    ...busLines(rule, bus),
    ...unitLines(rule, {bus, set: `ENV{.CIM_UNIT_${index}}="1"`}),
    ...unitClaims(rule, bus),
    ...muteLines(rule, fits),
    `${node.join(', ')}, ENV{.${claim}}="0"`,
    ...steps.map((step, number) => `${at(number)}, ${step}, ENV{.${claim}}="${number + 1}"`),
    ...Object.entries(claims).map(
      ([key, text]) => `${at(last)}, ENV{${name(key)}}="${value(text)}"`,
    ),
    `${at(last)}, IMPORT{db}="${held}"`,
    `${at(last)}, ENV{${held}}!="1", TEST!="${value(link)}", ENV{${held}}="1"`,
    `${at(last)}, ENV{${held}}=="1", SYMLINK+="${value(link.replace(/^\/dev\//, ''))}"`,
  ];
}

/** Marks what hangs on the root hub: all keys of parents in one line are of one parent. */
const busLines = ({rootHub}: LinkRule, bus: string): readonly string[] =>
  rootHub === null
    ? []
    : [`ATTRS{idVendor}=="1d6b", ATTRS{idProduct}=="${value(rootHub)}", ${bus}="1"`];

/** Lines that set a property on whatever belongs to the unit. */
function unitLines(
  {unit, unitPattern, rootHub}: LinkRule,
  {bus, set}: {readonly bus: string; readonly set: string},
): readonly string[] {
  const place = [
    ...(unitPattern === null ? [] : [`DEVPATH=="${pattern(unitPattern)}*"`]),
    ...(rootHub === null ? [] : [`${bus}=="1"`]),
  ];
  const line = (...keys: readonly string[]) => [...place, ...keys, set].join(', ');
  switch (unit.kind) {
    case 'usb-serial':
      return [line(...usbKeys(unit, 'ATTRS'))];
    case 'wwid': {
      const card = /^cid\.(.+)$/.exec(unit.value)?.[1];
      // The kernel pads with spaces what we keep with one.
      const text = value(card ?? unit.value).replace(/ /g, ' *');
      return card === undefined
        ? [
            line(`ATTRS{wwid}=="${text}"`),
            line(`ENV{ID_WWN_WITH_EXTENSION}=="${text}"`),
            line(`ENV{ID_WWN}=="${text}"`),
          ]
        : [line(`ATTRS{cid}=="${text}"`)];
    }
    case 'place':
      return [line()];
  }
}

const usbKeys = (
  unit: {readonly vendor: string; readonly product: string; readonly serial: string},
  attribute: 'ATTR' | 'ATTRS',
): readonly string[] => [
  `${attribute}{idVendor}=="${value(unit.vendor)}"`,
  `${attribute}{idProduct}=="${value(unit.product)}"`,
  `${attribute}{serial}=="${value(unit.serial)}"`,
];

/** The input above its event node, stopped by the kernel itself: no key is early or late. */
function muteLines({isMuted, nodePattern}: LinkRule, fits: string): readonly string[] {
  const input = nodePattern.slice(0, nodePattern.lastIndexOf('/'));
  return isMuted
    ? [
        [
          fits,
          'SUBSYSTEM=="input"',
          'KERNEL=="input[0-9]*"',
          `DEVPATH=="${pattern(input)}"`,
          'ATTR{inhibited}="1"',
          'ENV{CIM_MUTED}="1"',
          'ENV{.CIM_MUTE}="1"',
        ].join(', '),
      ]
    : [];
}

/** ModemManager looks at the whole unit. */
function unitClaims(
  {unit, unitPattern, rootHub, claims}: LinkRule,
  bus: string,
): readonly string[] {
  const where =
    unit.kind === 'usb-serial'
      ? usbKeys(unit, 'ATTR')
      : unitPattern === null
        ? undefined
        : [`DEVPATH=="${pattern(unitPattern)}"`, ...(rootHub === null ? [] : [`${bus}=="1"`])];
  return where === undefined
    ? []
    : Object.entries(claims).map(([key, text]) =>
        [
          'SUBSYSTEM=="usb"',
          'ENV{DEVTYPE}=="usb_device"',
          ...where,
          `ENV{${name(key)}}="${value(text)}"`,
        ].join(', '),
      );
}

/** udev's database keeps, over a change, that the device holds the link. */
const propertyName = (link: string): string => `CIM_HOLDS_${propertyOf(link)}`;
const propertyOf = (link: string): string =>
  link.replace(/^\/dev\/cim\//, '').replace(/[^A-Za-z0-9]/g, '_');

/**
 * A text as a value of a rule: what is pattern in it is taken by itself.
 * @throws CimError `bad-rule` for what rules cannot hold
 */
export function value(text: string): string {
  refuse(text, /["\\\n\r$%|\p{Cc}]/u);
  return text.replace(/[[*?]/g, '[$&]');
}

/** A shell pattern as it is. @throws CimError `bad-rule` */
function pattern(text: string): string {
  refuse(text, /["\\\n\r$%|\p{Cc}]/u);
  return text;
}

function name(text: string): string {
  refuse(text, /[^A-Za-z0-9_.]/);
  return text;
}

const comment = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');

function refuse(text: string, unsafe: RegExp): void {
  const found = unsafe.exec(text);
  if (text === '' || found !== null) {
    const what = found === null ? 'nothing' : JSON.stringify(found[0]);
    throw new CimError('bad-rule', `write a rule: ${JSON.stringify(text)} has ${what} in it`);
  }
}
