/** The function with its last result kept, for arguments that are the same things as before. */
export function keepLast<Args extends readonly unknown[], Result>(
  compute: (...args: Args) => Result,
): (...args: Args) => Result {
  let last: {readonly args: Args; readonly result: Result} | null = null;
  return (...args) => {
    const isSame = last !== null && args.every((arg, index) => Object.is(arg, last?.args[index]));
    if (last !== null && isSame) {
      return last.result;
    }
    last = {args, result: compute(...args)};
    return last.result;
  };
}
