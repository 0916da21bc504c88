# stop.sh NAME PID: what start.sh leaves behind, once its processes have ended.
name=$1 pid=$2
# The number may be another's by now.
! grep -qs "$name" "/proc/$pid/cgroup" || kill -KILL "$pid"
for hierarchy in /sys/fs/cgroup/unified /sys/fs/cgroup/systemd /sys/fs/cgroup; do
  [ -e "$hierarchy/$name" ] || continue
  tries=0
  # A cgroup is busy until the last of its processes has been taken apart.
  until find "$hierarchy/$name" -depth -type d -exec rmdir {} + 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || exit 1
    sleep 0.1
  done
done
