/** Runs a program in the namespace of the cables. @throws an Error with its words */
export type RunInside = (file: string, ...args: readonly string[]) => Promise<unknown>;

/** What a test does to the cables between boxes. */
export interface Cables {
  /** Takes a box's cable out, or puts it back. */
  plug(name: string, isIn: boolean): Promise<void>;
  /** Loses this part, 0 to 1, of the frames that a box sends. */
  lose(name: string, part: number): Promise<void>;
  /** Lets a box receive no more kilobits a second than this; null: as fast as it goes. */
  throttle(name: string, kilobitsPerSecond: number | null): Promise<void>;
}

/** The outer end of a box's cable, as nspawn names it. */
const cableOf = (name: string): string => `vb-${name}`;

/** Kernels here have no netem: nftables drops, and a token bucket slows. */
export const createCables = (run: RunInside): Cables => ({
  async plug(name, isIn) {
    await run('ip', 'link', 'set', cableOf(name), isIn ? 'up' : 'down');
  },
  async lose(name, part) {
    const table = `bridge loss-${name}`;
    const hook = '{ type filter hook prerouting priority 0; }';
    const drop = `iifname ${cableOf(name)} numgen random mod 1000 < ${Math.round(part * 1000)} drop`;
    const fresh = `add table ${table}; delete table ${table}`;
    const lossy = `add table ${table}; add chain ${table} cable ${hook}; add rule ${table} cable ${drop}`;
    await run('nft', part === 0 ? fresh : `${fresh}; ${lossy}`);
  },
  async throttle(name, kilobitsPerSecond) {
    const qdisc = ['dev', cableOf(name), 'root'];
    const bucket = ['tbf', 'rate', `${kilobitsPerSecond}kbit`, 'burst', '4kb', 'latency', '500ms'];
    await (kilobitsPerSecond === null
      ? run('tc', 'qdisc', 'delete', ...qdisc)
      : run('tc', 'qdisc', 'replace', ...qdisc, ...bucket));
  },
});
