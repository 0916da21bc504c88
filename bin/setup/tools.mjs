/*
 * <cache>/tools.json, written here and read by the service layer, which so needs no search:
 *
 *   {"natsServer": "/path/to/nats-server", "version": "2.15.1", "udevadm": "/usr/bin/udevadm"}
 *
 * Each is null where setup found none. CIM_NATS_SERVER goes first; a reader whom the file does not
 * serve (missing, or the path is gone) looks on PATH and in /usr/sbin.
 */
import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** @typedef {{natsServer: string | null, version: string | null, udevadm: string | null}} Tools */

/**
 * @param {string} cache
 * @param {Tools} tools
 */
export function writeTools(cache, tools) {
  const path = join(cache, 'tools.json');
  const text = `${JSON.stringify(tools)}\n`;
  if (readText(path) === text) return;
  mkdirSync(cache, {recursive: true});
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, text);
  renameSync(aside, path);
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
