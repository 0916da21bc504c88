/**
 * Which driver implements which contract: all that `npm run tiers` tells of. A contract is an
 * interface of `src/contracts/<file>.ts`, a driver a folder of `src/drivers`.
 */
export const CONTRACTS = {
  accounts: {file: 'accounts', drivers: ['home']},
  bus: {file: 'bus', drivers: ['memory-bus', 'nats']},
  clock: {file: 'clock', drivers: ['memory', 'system']},
  codec: {file: 'codec', drivers: ['system']},
  'container-manager': {file: 'container-manager', drivers: ['memory', 'machined']},
  'credential-issuer': {file: 'server', drivers: ['nats-server']},
  'device-monitor': {file: 'device-monitor', drivers: ['memory', 'udev']},
  'embedded-server': {file: 'server', drivers: ['nats-server']},
  'event-store': {file: 'event-store', drivers: ['memory', 'nats']},
  'host-meter': {file: 'host-meter', drivers: ['memory', 'host']},
  'id-source': {file: 'ids', drivers: ['memory', 'system']},
  'interface-names': {file: 'interface-names', drivers: ['memory', 'rtnetlink']},
  'leaf-locator': {file: 'leaf-locator', drivers: ['home']},
  lease: {file: 'lease', drivers: ['memory', 'nats']},
  'link-monitor': {file: 'device-monitor', drivers: ['memory', 'rtnetlink']},
  log: {file: 'log', drivers: ['log']},
  'port-lamps': {file: 'port-lamps', drivers: ['memory', 'lamps']},
  'role-links': {file: 'role-links', drivers: ['memory', 'udev']},
  'port-control': {file: 'port-control', drivers: ['memory', 'port-control']},
  'process-runner': {file: 'process-runner', drivers: ['process']},
  'recording-sink': {file: 'recording', drivers: ['recording']},
  'revert-guard': {file: 'revert-guard', drivers: ['memory', 'revert-guard']},
  'route-finder': {file: 'route-finder', drivers: ['rtnetlink']},
  'snapshot-store': {file: 'snapshots', drivers: ['memory', 'nats']},
  'state-rows': {file: 'state-rows', drivers: ['memory', 'nats']},
  'usage-reader': {file: 'usage-reader', drivers: ['memory', 'procfs']},
} as const;

export type Contract = keyof typeof CONTRACTS;
export type DriverOf<Of extends Contract> = (typeof CONTRACTS)[Of]['drivers'][number];

/** Every contract with every driver of it. */
export const PAIRS = Object.entries(CONTRACTS).flatMap(([contract, {drivers}]) =>
  drivers.map((driver) => ({contract, driver})),
);
