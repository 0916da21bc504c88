import type {ChildProcess} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {join} from 'node:path';

import {runTied, startTied} from '#test/support/tiers/children.ts';
import {startKeeper} from '#test/support/tiers/keeper.ts';
import {type Box, openBox} from './box.ts';
import {type Cables, createCables} from './cables.ts';

/** Boxes on one bridge in a network namespace of the test's own. Needs root. */
export interface BoxNetwork extends Cables {
  /** Address of the bridge: there boxes reach what runs `inside` the network. */
  readonly address: string;
  /** Program and arguments that run something in the network, outside of the boxes. */
  inside(file: string, ...args: readonly string[]): readonly [string, readonly string[]];
  /** Boots a box on this network, with an address of its own. */
  join(name: string): Promise<NetworkedBox>;
  /** Opens a TCP port on the bridge's address that leads to another; all bytes come late. */
  delay(tcpPort: number, target: LateTarget): Promise<void>;
  /** Ends boxes and proxies that still run, and removes the network. */
  stop(): Promise<void>;
}

export interface NetworkedBox extends Box {
  readonly address: string;
}

/** Where a late line leads, and how late each byte is, each way. */
export interface LateTarget {
  readonly address: string;
  readonly tcpPort: number;
  readonly delayMs: number;
}

const BRIDGE = 'lan0';
/** Nobody outside the namespace sees it. */
const PREFIX = '10.77.0';

/** Makes a network without boxes. `await network.stop()` afterwards, always. */
export async function openNetwork(root: string): Promise<BoxNetwork> {
  const namespace = `cim-n-${randomBytes(4).toString('hex')}`;
  await runTied('ip', 'netns', 'add', namespace);
  const keeper = startKeeper('exec ip netns delete "$@"', namespace);
  const inside = (file: string, ...args: readonly string[]) =>
    ['nsenter', [`--net=/run/netns/${namespace}`, file, ...args]] as const;
  const run = (file: string, ...args: readonly string[]) => {
    const [program, words] = inside(file, ...args);
    return runTied(program, ...words);
  };
  const address = `${PREFIX}.1`;
  await run('ip', 'link', 'add', BRIDGE, 'type', 'bridge');
  await run('ip', 'address', 'add', `${address}/24`, 'dev', BRIDGE);
  await run('ip', 'link', 'set', BRIDGE, 'up');
  const boxes: Box[] = [];
  const proxies: ChildProcess[] = [];
  return {
    ...createCables(run),
    address,
    inside,
    async join(name) {
      const box = await openBox({root, network: {namespace, bridge: BRIDGE, name}});
      boxes.push(box);
      const own = `${PREFIX}.${boxes.length + 1}`;
      await box.ask('ip', 'address', 'add', `${own}/24`, 'dev', 'host0');
      await box.ask('ip', 'link', 'set', 'host0', 'up');
      return {...box, address: own};
    },
    async delay(tcpPort, target) {
      const script = join(import.meta.dirname, 'late-line.ts');
      const line = JSON.stringify({listen: {address, tcpPort}, target});
      const [file, args] = inside(process.execPath, script, line);
      const proxy = startTied(file, args);
      proxies.push(proxy);
      if (proxy.stdout !== null) await once(proxy.stdout, 'data');
    },
    async stop() {
      for (const proxy of proxies) proxy.kill('SIGKILL');
      for (const box of boxes) await box.kill();
      await keeper.release();
    },
  };
}
