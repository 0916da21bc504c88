# make-image.sh DEBIAN-ROOT GUEST-FILES NODE NATS-SERVER FOLDER WORK
# Makes FOLDER/{disk.raw,vmlinuz,initrd} of the Debian root: a kernel, lines to the host, Node and
# nats-server come on top. Runs in a mount namespace of its own; WORK is where the copy is made.
set -e
debian=$1 guest=$2 node=$3 nats=$4 folder=$5 root=$6/root
cp -a "$debian" "$root"
mkdir -p "$root/etc/initramfs-tools/conf.d"
printf 'MODULES=list\nCOMPRESS=zstd\nCOMPRESSLEVEL=1\n' >"$root/etc/initramfs-tools/conf.d/leaf.conf"
printf 'virtio_pci\nvirtio_blk\next4\n' >"$root/etc/initramfs-tools/modules"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc"
chroot "$root" apt-get update --quiet
DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install --yes --quiet --no-install-recommends \
  linux-image-amd64 initramfs-tools zstd
chroot "$root" apt-get clean
umount "$root/proc"

units=$root/etc/systemd/system
install -m 755 "$guest/cim-channel" "$root/usr/local/sbin/cim-channel"
cp "$guest"/*.service "$units/"
mkdir -p "$units/multi-user.target.wants"
for number in 0 1 2 3 4 5 6 7; do
  ln -s ../cim-channel@.service "$units/multi-user.target.wants/cim-channel@hvc$number.service"
done
for unit in serial-getty@hvc0 apt-daily apt-daily-upgrade fstrim e2scrub_reap dpkg-db-backup; do
  ln -sf /dev/null "$units/$unit.service"
done
rm -f "$units/timers.target.wants"/*
ln -s ../cim-relay.service "$units/multi-user.target.wants/cim-relay.service"
echo leaf >"$root/etc/hostname"
install -D "$node" "$root/usr/local/bin/node"
install -D "$nats" "$root/usr/local/bin/nats-server"

cp "$root"/boot/vmlinuz-* "$folder/vmlinuz"
cp "$root"/boot/initrd.img-* "$folder/initrd"
rm -rf "$root"/var/lib/apt/lists/* "$root"/boot/*
mke2fs -q -t ext4 -d "$root" "$folder/disk.raw" 2G
chmod a+r "$folder"/*
