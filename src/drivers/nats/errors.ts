import {errors} from '@nats-io/transport-node';

import {CimError, type ErrorCode, isCimError} from '#domain/errors.ts';

/** Any error of the NATS client as a CimError; `doing` says what was being done, on what. */
export function natsError(error: unknown, doing: string): CimError {
  if (isCimError(error)) {
    return error;
  }
  const seen = error instanceof Error ? error.message : String(error);
  return new CimError(codeOf(error), `${doing}: ${seen}`, {cause: error});
}

function codeOf(error: unknown): ErrorCode {
  const chain = causes(error);
  if (chain.some((one) => one instanceof errors.NoRespondersError)) {
    return 'no-agent';
  }
  if (chain.some(isRefusal)) {
    return 'nats-refused';
  }
  return chain.some(isTimeout) ? 'time-is-up' : 'nats-failed';
}

const isRefusal = (error: Error): boolean =>
  error instanceof errors.PermissionViolationError ||
  error instanceof errors.AuthorizationError ||
  error instanceof errors.UserAuthenticationExpiredError;

const isTimeout = (error: Error): boolean =>
  error instanceof errors.TimeoutError ||
  error.name === 'TimeoutError' ||
  error.name === 'AbortError';

function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  let current: unknown = error;
  while (current instanceof Error && chain.length < 8) {
    chain.push(current);
    current = current.cause;
  }
  return chain;
}
