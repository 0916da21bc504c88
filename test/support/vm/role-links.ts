import type {Vm} from './vm.ts';

/** What a link of a role leads to, by the guest's own sysfs. */
export interface SeenLink {
  readonly role: string;
  /** Name of the tty. */
  readonly tty: string;
  /** '': the unit has none. */
  readonly serial: string;
  /** Name of the socket that the unit sits in, e.g. "1-3". */
  readonly socket: string;
  /** When the link was made (udev touches it again at each later record), in seconds of the guest's monotonic clock. */
  readonly madeAt: number;
}

// A process costs the guest 50 ms: the shell itself reads what it can.
const SEE = `
  stat -c '%n %.9W %N' /dev/cim/* 2>/dev/null | while read -r link made name arrow target; do
    tty=\${target##*/}; tty=\${tty%\\'}
    serial=
    unit=/sys/class/tty/$tty/device/../..
    [ -e $unit/serial ] && read -r serial <$unit/serial
    cd -P $unit 2>/dev/null && echo "\${link##*/}|$tty|$serial|\${PWD##*/}|$made"
  done
  read -r up idle </proc/uptime
  echo "$(date +%s.%N) $up"
`;

/** The links of roles with one serial line that are there now, each with what it leads to. */
export async function seeRoleLinks(vm: Vm): Promise<readonly SeenLink[]> {
  const lines = (await vm.ask(SEE)).trim().split('\n');
  const [epoch = 0, uptime = 0] = (lines.pop() ?? '').split(' ').map(Number);
  return lines.map((line) => {
    const [role = '', tty = '', serial = '', socket = '', made = ''] = line.split('|');
    return {role, tty, serial, socket, madeAt: Number(made) - epoch + uptime};
  });
}
