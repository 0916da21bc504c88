/** The address that every one of them gives itself. */
export const CONTAINER_ADDRESS = '10.233.1.2';

/** Root of all of them, read only. */
export const CONTAINER_TREE = '/var/lib/machines/tiny';

/** Words for nspawn that one of them is given: a shell script for the machine it will run on. */
export const giveToContainer = (name: string, words: string): string =>
  `echo "CIM_GIVEN=${words}" >/run/cim-container-${name}.env`;

/** What runs in them: an address, the serial lines that are there held open, and a slow end. */
const START = `#!/bin/sh
/bin/busybox ip addr add ${CONTAINER_ADDRESS}/24 dev host0
/bin/busybox ip link set host0 up
for line in /dev/ttyUSB*; do
  if [ -c "$line" ]; then exec 7<>"$line"; fi
done
trap '/bin/busybox sleep 0.5; exit 0' TERM
while :; do /bin/busybox sleep 3600 7<&- & wait; done
`;

/** It is activating, and deactivating, long enough to be seen so. */
const UNIT = `[Service]
Type=notify
EnvironmentFile=-/run/cim-container-%i.env
ExecStart=systemd-nspawn --quiet --keep-unit --machine=%i --directory=${CONTAINER_TREE} --read-only --network-veth --kill-signal=SIGTERM $CIM_GIVEN /start
ExecStartPost=sleep 0.3
KillMode=mixed
Delegate=yes
Slice=machine.slice
TimeoutStopSec=10
`;

/**
 * A shell script that makes real containers possible where systemd-nspawn and busybox are: a root of
 * busybox alone, and the unit container@NAME, as NixOS calls them.
 */
export const PROVIDE_CONTAINERS = `set -e
tree=${CONTAINER_TREE}
for folder in bin dev etc proc run sys tmp usr var; do mkdir -p $tree/$folder; done
cp /usr/bin/busybox $tree/bin/busybox
ln -s busybox $tree/bin/sh
echo ID=tiny >$tree/etc/os-release
: >$tree/etc/localtime
cat >$tree/start <<'END'
${START}END
chmod 755 $tree/start
cat >/etc/systemd/system/container@.service <<'END'
${UNIT}END
systemctl daemon-reload
`;
