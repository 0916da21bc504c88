# start.sh NAME NETNS LOWER -- NSPAWN-OPTIONS…
# Boots a root whose changes go to a tmpfs, in namespaces that the kernel takes apart with their
# first process: what is mounted, run and bound in here is gone when that is.
set -e
name=$1 netns=$2 lower=$3
shift 4
# Without a systemd as PID 1, nspawn needs the cgroups that it is to hand on made by others.
for hierarchy in /sys/fs/cgroup/unified /sys/fs/cgroup/systemd /sys/fs/cgroup; do
  [ -e "$hierarchy/cgroup.procs" ] || continue
  mkdir "$hierarchy/$name"
  echo $$ >"$hierarchy/$name/cgroup.procs"
done
enter=
[ -z "$netns" ] || enter="nsenter --net=/run/netns/$netns"
# shellcheck disable=SC2016,SC2086
exec $enter unshare --mount --pid --fork --kill-child=KILL --mount-proc sh -euc '
  lower=$1
  shift
  mount -t tmpfs -o mode=755 tmpfs /run
  mkdir /run/box
  mount -t tmpfs -o mode=755 tmpfs /run/box
  mkdir /run/box/upper /run/box/work /run/box/root
  mount -t overlay -o "lowerdir=$lower,upperdir=/run/box/upper,workdir=/run/box/work" box /run/box/root
  # It sees the devices of the whole machine: adding them again would rename its network card.
  ln -s /dev/null /run/box/root/etc/systemd/system/systemd-udev-trigger.service
  export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 SYSTEMD_NSPAWN_API_VFS_WRITABLE=yes
  exec systemd-nspawn --quiet --directory=/run/box/root --boot --register=no --keep-unit \
    --console=read-only --capability=all "$@"
' box "$lower" "$@"
