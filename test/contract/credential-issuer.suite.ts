import {readFile, rm, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

import {afterEach, beforeEach, expect, test} from 'vitest';

import type {CredentialIssuer} from '#contracts/server.ts';
import {isCimError} from '#domain/errors.ts';
import {describeContract} from '#test/support/tiers/contract.ts';
import type {DriverOf} from '#test/support/tiers/drivers.ts';

export interface IssuerHarness {
  readonly issuer: CredentialIssuer;
  /** A folder for credentials. */
  readonly folder: string;
  /** Whether the server lets a client with these credentials ask under an actor's name. */
  mayActAs(path: string, actor: string): Promise<boolean>;
  stop(): Promise<void>;
}

const NOBODY = {uid: 65534, gid: 65534};

/** What everybody who issues credentials keeps. */
export function credentialIssuerSuite(
  driver: DriverOf<'credential-issuer'>,
  start: () => Promise<IssuerHarness>,
): void {
  describeContract({contract: 'credential-issuer', driver}, () => {
    let harness: IssuerHarness;
    let path: string;
    beforeEach(async () => {
      harness = await start();
      path = join(harness.folder, 'below', 'anna.creds');
    });
    afterEach(() => harness.stop());

    test('lets an actor in under the own name, with a file for its owner alone', async () => {
      await harness.issuer.issueConsole('anna', path, null);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(await harness.mayActAs(path, 'anna')).toBe(true);
      expect(await harness.mayActAs(path, 'bert')).toBe(false);
    });

    test('gives the file to its user', async ({skip}) => {
      if (process.getuid?.() !== 0) skip('needs root to give files away');
      await harness.issuer.issueConsole('anna', path, NOBODY);
      expect(await stat(path)).toMatchObject(NOBODY);
    });

    test('keeps credentials that hold, and makes others anew', async () => {
      const {issuer} = harness;
      await issuer.issueConsole('anna', path, null);
      const first = await readFile(path, 'utf8');
      await issuer.issueConsole('anna', path, null);
      expect(await readFile(path, 'utf8')).toBe(first);
      await issuer.issueConsole('bert', path, null);
      expect(await readFile(path, 'utf8')).not.toBe(first);
      expect(await harness.mayActAs(path, 'anna')).toBe(false);
      expect(await harness.mayActAs(path, 'bert')).toBe(true);
    });

    test('makes anew what was taken away or spoilt', async () => {
      const {issuer} = harness;
      await issuer.issueConsole('anna', path, null);
      await rm(path);
      await issuer.issueConsole('anna', path, null);
      expect(await harness.mayActAs(path, 'anna')).toBe(true);
      await writeFile(path, 'no credentials');
      await issuer.issueConsole('anna', path, null);
      expect(await harness.mayActAs(path, 'anna')).toBe(true);
    });

    test('says so when it may not write there', async () => {
      await harness.issuer.issueConsole('anna', path, null);
      const late = harness.issuer.issueConsole('anna', join(path, 'below-a-file.creds'), null);
      await expect(late).rejects.toSatisfy((error) => isCimError(error, 'permission-denied'));
    });
  });
}
