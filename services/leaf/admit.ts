import type {Account, Accounts} from '#contracts/accounts.ts';
import type {Clock} from '#contracts/clock.ts';
import type {Log} from '#contracts/log.ts';
import type {CredentialIssuer} from '#contracts/server.ts';

export interface AdmitOptions {
  readonly accounts: Accounts;
  readonly issuer: CredentialIssuer;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the credentials of an account go. */
  readonly pathOf: (name: string) => string;
}

/** Who may use the leaf is looked up again this often. */
const EVERY_MS = 60_000;

/**
 * Gives each permitted person credentials, now and for those who come later. The first round is
 * awaited, so that whoever finds the leaf can get in.
 */
export async function startAdmitting(options: AdmitOptions): Promise<{stop(): void}> {
  const {clock} = options;
  let cancel = (): void => undefined;
  const again = (): void => {
    cancel = clock.after(EVERY_MS, () => {
      void admit(options).then(again);
    });
  };
  await admit(options);
  again();
  return {stop: () => cancel()};
}

async function admit({accounts, issuer, log, pathOf}: AdmitOptions): Promise<void> {
  for (const {name, uid, gid} of permittedNow(accounts, log)) {
    try {
      await issuer.issueConsole(name, pathOf(name), {uid, gid});
    } catch (error) {
      log.error(`credentials for ${name}`, error);
    }
  }
}

/** The list of accounts may be in the middle of being written: the next round sees it. */
function permittedNow(accounts: Accounts, log: Log): readonly Account[] {
  try {
    return accounts.permitted();
  } catch (error) {
    log.error('look up who may use the leaf', error);
    return [];
  }
}
