/** Numbers in names count as numbers: `/dev/ttyUSB10` comes after `/dev/ttyUSB9`. */
export function compareNatural(a: string, b: string): number {
  const [left, right] = [piecesOf(a), piecesOf(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [x = '', y = ''] = [left[at], right[at]];
    const byNumber = at % 2 === 1 ? Number(x) - Number(y) : 0;
    if (byNumber !== 0) {
      return byNumber;
    }
    if (x !== y) {
      return x < y ? -1 : 1;
    }
  }
  return left.length - right.length;
}

/** Text and numbers by turns, text first. */
const piecesOf = (text: string): readonly string[] => text.split(/(\d+)/);
