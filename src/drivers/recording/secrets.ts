import {isSerialAccepted} from '#domain/device/identity.ts';

type Values = Readonly<Record<string, string>>;

/** Properties and attributes that say who one unit is, in the words of kernel and udev. */
const SERIAL_KEYS: ReadonlySet<string> = new Set([
  'serial',
  'HID_UNIQ',
  'ID_SCSI_SERIAL',
  'ID_SERIAL_SHORT',
  'ID_USB_SERIAL_SHORT',
  'POWER_SUPPLY_SERIAL_NUMBER',
  'SCSI_IDENT_SERIAL',
  'UNIQ',
]);
const NAME_KEYS: ReadonlySet<string> = new Set([
  'cid',
  'eui',
  'nguid',
  'uuid',
  'wwid',
  'ID_FS_UUID',
  'ID_FS_UUID_SUB',
  'ID_PART_ENTRY_UUID',
  'ID_PART_TABLE_UUID',
  'ID_WWN',
  'ID_WWN_VENDOR_EXTENSION',
  'ID_WWN_WITH_EXTENSION',
  'MD_UUID',
]);

export const isSerialKey = (key: string): boolean => SERIAL_KEYS.has(key);

/** Texts as short as this, or without a digit, may stand for anything elsewhere. */
const SHORT = 6;
const LONG = 12;
/** Ids of FAT and of MBR tables: eight hex digits, with luck without one of 0 to 9. */
const DIGIT_OR_ID = /\d|^[a-f]{4}-?[a-f]{4}$/i;

/** True for what is a secret wherever it stands; others are replaced in their own fields only. */
export const isTelling = (text: string): boolean =>
  text.length >= LONG || (text.length >= SHORT && DIGIT_OR_ID.test(text));

/** What tells a unit apart in these properties or attributes; what is refused as a proof does not. */
export const secretsIn = (values: Values, devpath: string): readonly string[] =>
  Object.entries(values)
    .flatMap(([key, value]) => textsUnder(key, value))
    .filter((text) => isSerialAccepted(text, devpath));

function textsUnder(key: string, value: string): readonly string[] {
  if (key === 'DM_UUID') {
    return volumeIdsIn(value);
  }
  if (NAME_KEYS.has(key)) {
    return coresOf(value.trim());
  }
  return SERIAL_KEYS.has(key) ? [serialOf(value)] : [];
}

/** An id behind its kind, and often with a name behind it; LVM's is that of the group and its own. */
const volumeIdsIn = (value: string): readonly string[] =>
  /^LVM-(\w{32})(\w{32})/.exec(value)?.slice(1) ??
  value.match(/[0-9a-f]{16,32}(?![0-9a-f])/gi) ??
  [];

/** Input devices have theirs in quotes. */
export const serialOf = (value: string): string =>
  value
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();

/**
 * The part of a world-wide name that is not its kind. `t10.` ends with the serial; `nvme.` holds it
 * in hex between vendor and model. A partition of an MBR table has the table's id before its number.
 */
function coresOf(name: string): readonly string[] {
  const [, kind = '', rest = name] = /^(naa\.|eui\.|uuid\.|t10\.|nvme\.|0x)(.*)$/s.exec(name) ?? [];
  switch (kind) {
    case 't10.':
      return [rest.split(/\s+/).at(-1) ?? ''];
    case 'nvme.': {
      const serial = Buffer.from(rest.split('-')[1] ?? '', 'hex').toString('latin1');
      return [serial.trim()];
    }
    default:
      return [rest.replace(/^([0-9a-f]{8})-[0-9a-f]{2}$/i, '$1')];
  }
}

/** As it stands in ID_SERIAL_SHORT and in links: what systemd's udev_replace_chars makes of it. */
export function udevForm(text: string): string {
  return text.replace(/\s+/g, '_').replace(/[^\w#+.:=@-]/g, '_');
}

/** The forms in which udev and the kernel repeat a secret, each made from the whole text. */
export const FORMS: readonly ((text: string) => string)[] = [
  (text) => text,
  udevForm,
  (text) => text.toLowerCase(),
  (text) => text.toUpperCase(),
  (text) => Buffer.from(text, 'latin1').toString('hex'),
];
