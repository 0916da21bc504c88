/**
 * What the pure rooms may name beyond ECMAScript: tsconfig.pure.json has neither Node's types nor
 * the DOM's. Cancelling needs no outside; a time limit does, so `AbortSignal.timeout` is left out
 * and comes through contracts/clock.
 */
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: {readonly once?: boolean}): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

declare const AbortSignal: {
  any(signals: readonly AbortSignal[]): AbortSignal;
};

interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare const AbortController: {
  new (): AbortController;
};
