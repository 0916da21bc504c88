/** True when a subject fits a pattern: `*` is one token, `>` at the end is one or more. */
export function matchesSubject(pattern: string, subject: string): boolean {
  const wanted = pattern.split('.');
  const tokens = subject.split('.');
  for (const [index, want] of wanted.entries()) {
    const token = tokens[index];
    if (token === undefined) {
      return false;
    }
    if (want === '>' && index === wanted.length - 1) {
      return true;
    }
    if (want !== '*' && want !== token) {
      return false;
    }
  }
  return tokens.length === wanted.length;
}
