/** @typedef {readonly [number, number, number]} Version */

/**
 * The first version in what a program prints about itself.
 * @param {string} text
 * @returns {Version | undefined}
 */
export function parseVersion(text) {
  const match = /(?:^|[^\d.])v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/**
 * @param {Version} version
 * @param {Version} least
 * @returns {boolean}
 */
export function isAtLeast(version, least) {
  for (const [index, part] of least.entries()) {
    const difference = (version[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/**
 * @param {Version} version
 * @returns {string}
 */
export function printVersion(version) {
  return version.join('.');
}
