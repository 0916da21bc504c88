/** The work's outcome, or the reason of the first signal to abort. The work itself goes on. */
export async function untilAborted<T>(
  work: Promise<T>,
  ...signals: readonly (AbortSignal | undefined)[]
): Promise<T> {
  const present = signals.filter((signal) => signal !== undefined);
  const aborted = Promise.withResolvers<never>();
  const stops = present.map((signal) => {
    const onAbort = () => aborted.reject(signal.reason);
    signal.addEventListener('abort', onAbort, {once: true});
    return () => signal.removeEventListener('abort', onAbort);
  });
  work.catch(() => undefined); // lost the race: nobody else would hear of it
  try {
    const early = present.find((signal) => signal.aborted);
    if (early !== undefined) {
      throw early.reason;
    }
    return await Promise.race([work, aborted.promise]);
  } finally {
    for (const stop of stops) {
      stop();
    }
  }
}
