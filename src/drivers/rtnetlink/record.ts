/** The interface that a line of `ip -o monitor link` is about. */
export interface LinkRecord {
  readonly ifindex: number;
  /** What its name can be: `veth0@if5` is veth0 with its peer, though a name may itself hold an @. */
  readonly names: readonly string[];
  /** It has gone, or has left its bridge only. */
  readonly isDeleted: boolean;
}

/** undefined: the line is about something else. */
export function linkInLine(line: string): LinkRecord | undefined {
  const [, deleted, ifindex, name] = /^(Deleted )?(\d+): ([^:\s]+): </.exec(line) ?? [];
  if (ifindex === undefined || name === undefined) {
    return undefined;
  }
  const at = name.lastIndexOf('@');
  return {
    ifindex: Number(ifindex),
    names: at > 0 ? [name.slice(0, at), name] : [name],
    isDeleted: deleted !== undefined,
  };
}
