/** A person of this machine. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Who may use the leaf, looked up anew each time. */
export interface Accounts {
  permitted(): readonly Account[];
}
