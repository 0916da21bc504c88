import type {PlainStep} from '#contracts/port-control.ts';
import {CimError} from '#domain/errors.ts';
import {linkName, readAttribute} from './carry-out.ts';

/** Whether the kernel uses a unit; undefined: it has nothing by which that is told. */
export function isEnabled(sysRoot: string, devpath: string): boolean | undefined {
  const path = `${sysRoot}${devpath}`;
  const authorized = readAttribute(`${path}/authorized`);
  if (authorized !== undefined) {
    return authorized === '1';
  }
  return linkName(`${path}/subsystem`) === undefined
    ? undefined
    : linkName(`${path}/driver`) !== undefined;
}

/** What lets the kernel use a unit, or keeps it from that. @throws CimError `not-for-this-port` */
export function enableStep(sysRoot: string, devpath: string, isWanted: boolean): PlainStep {
  const path = `${sysRoot}${devpath}`;
  if (readAttribute(`${path}/authorized`) !== undefined) {
    return {kind: 'write', path: `${path}/authorized`, text: isWanted ? '1' : '0'};
  }
  const bus = linkName(`${path}/subsystem`);
  const name = devpath.slice(devpath.lastIndexOf('/') + 1);
  if (bus === undefined || devpath.startsWith('/devices/virtual/')) {
    throw new CimError('not-for-this-port', `enable ${devpath}: it has no driver to let go of`);
  }
  return isWanted
    ? {kind: 'write', path: `${sysRoot}/bus/${bus}/drivers_probe`, text: name}
    : {kind: 'write', path: `${path}/driver/unbind`, text: name};
}
