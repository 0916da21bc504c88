/** True for nats-server 2.12 and newer: older ones store a batch in parts, without a word. */
export function isRecentEnough(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major !== undefined && minor !== undefined && (major > 2 || (major === 2 && minor >= 12));
}
