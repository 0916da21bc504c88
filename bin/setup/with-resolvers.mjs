/**
 * `Promise.withResolvers` for Node 20, which lacks it; the client's bundle has this in its place.
 * @template T
 * @returns {{promise: Promise<T>, resolve: (value: T | PromiseLike<T>) => void,
 *   reject: (reason?: unknown) => void}}
 */
export function withResolvers() {
  /** @type {(value: T | PromiseLike<T>) => void} */
  let resolve = () => undefined;
  /** @type {(reason?: unknown) => void} */
  let reject = () => undefined;
  const promise = /** @type {Promise<T>} */ (
    new Promise((resolveIt, rejectIt) => {
      resolve = resolveIt;
      reject = rejectIt;
    })
  );
  return {promise, resolve, reject};
}
