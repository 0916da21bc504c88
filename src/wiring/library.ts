import type {ConnectLeaf, IsLeafError} from '#client/leaf.ts';
import {createTypedLeaf} from '#client/typed-leaf.ts';
import type {Log} from '#contracts/log.ts';
import {type CimError, isCimError} from '#domain/errors.ts';
import {readSettings} from './config.ts';
import {findLeaf} from './find-leaf.ts';
import {reachLeaf} from './reach.ts';

/** A program has its own log; what goes wrong is thrown. */
const NO_LOG: Log = {info: () => undefined, warn: () => undefined, error: () => undefined};

const TIMEOUT_MS = 5000;

/** The client as outside programs import it: `cim-leaf/client`. */
export const connectLeaf: ConnectLeaf = async (options = {}) => {
  const {home, nats, leaf, creds, timeoutMs = TIMEOUT_MS} = options;
  const settings = readSettings({home, nats, leaf, creds, timeoutMs}, process.env);
  const address = await findLeaf(settings);
  const {signal} = new AbortController();
  const reached = await reachLeaf(address, {channel: 'nats', timeoutMs, log: NO_LOG, signal});
  return createTypedLeaf(reached.client, reached.close);
};

export const isLeafError: IsLeafError = (error, code): error is CimError =>
  isCimError(error) && (code === undefined || error.code === code);
