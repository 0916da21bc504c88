import type {Vm} from './vm.ts';

/** What a link of a role leads to, by the guest's own udev. */
export interface SeenLink {
  readonly role: string;
  /** Path in /dev. */
  readonly node: string;
  /** '': the unit has none. */
  readonly serial: string;
  /** Name of the socket that the unit sits in, e.g. "1-3". */
  readonly socket: string;
  /** When the link was made, in seconds of the guest's monotonic clock. */
  readonly madeAt: number;
}

const ONE_LINK = `
  link=/dev/cim/$role
  if [ -e $link ]; then
    node=$(readlink -f $link)
    made=$(stat -c %.9Z $link)
    serial=$(udevadm info -q property -n $node | sed -n s/^ID_USB_SERIAL_SHORT=//p)
    path=$(udevadm info -q path -n $node)
    [ -e $link ] && echo "$role|$node|$serial|$path|$made"
  fi
`;

/** The links of these roles that are there now, each with what it leads to. */
export async function seeRoleLinks(vm: Vm, roles: readonly string[]): Promise<readonly SeenLink[]> {
  const text = await vm.ask(
    `for role in ${roles.join(' ')}; do ${ONE_LINK} done; echo "$(date +%s.%N) $(cut -d' ' -f1 /proc/uptime)"`,
  );
  const lines = text.trim().split('\n');
  const [epoch = 0, uptime = 0] = (lines.pop() ?? '').split(' ').map(Number);
  return lines.map((line) => {
    const [role = '', node = '', serial = '', path = '', made = ''] = line.split('|');
    const socket = /\/(\d+-[\d.]+):\d/.exec(path)?.[1] ?? '';
    return {role, node, serial, socket, madeAt: Number(made) - epoch + uptime};
  });
}
