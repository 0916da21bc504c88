/** The console on a made-up leaf. */
export async function runDemo(_ending: AbortController): Promise<number> {
  throw new Error('not yet');
}
