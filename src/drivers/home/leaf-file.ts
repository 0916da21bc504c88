import {createHmac, randomBytes, randomUUID} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {z} from 'zod';

import {CimError} from '#domain/errors.ts';
import {LeafId} from '#domain/ids.ts';

/** Which leaf and which store a home holds. Written once, never derived again. */
export const LeafFile = z.object({leafId: LeafId, storeId: z.uuid()});
export type LeafFile = z.infer<typeof LeafFile>;

/** Files that may hold the service tag, by rank: DMI, then the device tree. */
const SERVICE_TAGS = ['/sys/class/dmi/id/product_serial', '/proc/device-tree/serial-number'];

const PLACEHOLDERS = new Set([
  '',
  '0',
  'none',
  'default string',
  'to be filled by o.e.m.',
  'not specified',
  'system serial number',
  'not applicable',
  'n/a',
]);

/** Reads the home's leaf file, or makes one. @throws CimError `store-failed` when it is broken */
export function provideLeafFile(home: string, wantedId: string | undefined): LeafFile {
  const path = join(home, 'leaf.json');
  if (existsSync(path)) {
    return readLeafFile(path);
  }
  const file = LeafFile.parse({leafId: wantedId ?? deriveLeafId(), storeId: randomUUID()});
  mkdirSync(home, {recursive: true, mode: 0o700});
  writeFileSync(`${path}.new`, `${JSON.stringify(file, null, 2)}\n`, {mode: 0o600, flush: true});
  renameSync(`${path}.new`, path);
  return file;
}

function readLeafFile(path: string): LeafFile {
  try {
    return LeafFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new CimError('store-failed', `read ${path}: not a leaf file`, {cause});
  }
}

function deriveLeafId(): string {
  const tag = SERVICE_TAGS.map(readText)
    .map(tokenOfServiceTag)
    .find((token) => token !== null);
  if (tag !== undefined && tag !== null) {
    return tag;
  }
  const machineId = readText('/etc/machine-id')?.trim() ?? '';
  if (machineId === '') {
    return randomBytes(6).toString('hex');
  }
  return createHmac('sha256', machineId).update('cim-leaf').digest('hex').slice(0, 12);
}

/** A service tag as a leaf id, or null for what manufacturers leave there when they forget it. */
export function tokenOfServiceTag(text: string | null): string | null {
  const tag = (text ?? '').replaceAll('\0', '').trim().toLowerCase();
  const isOneCharacter = new Set(tag).size <= 1;
  if (PLACEHOLDERS.has(tag) || isOneCharacter) {
    return null;
  }
  const token = tag.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return token === '' || token.length > 32 ? null : token;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // absent, or not for us: counts as no tag
  }
}
