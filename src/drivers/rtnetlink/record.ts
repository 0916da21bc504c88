/**
 * The interface that a line of `ip -o monitor link` is about: its index, and what its name can be
 * (`veth0@if5` is veth0 with its peer, though a name may itself hold an @).
 */
export function namesInLine(
  line: string,
): {readonly ifindex: number; readonly names: readonly string[]} | undefined {
  const [, ifindex, name] = /^(?:Deleted )?(\d+): ([^:\s]+): </.exec(line) ?? [];
  if (ifindex === undefined || name === undefined) {
    return undefined;
  }
  const at = name.lastIndexOf('@');
  return {ifindex: Number(ifindex), names: at > 0 ? [name.slice(0, at), name] : [name]};
}
