#!/bin/bash
# As root: runs Zhiwen as docker-compose.yml's container does, without a container engine. Its own mount namespace, all
# of the file system read-only, /tmp small and without executables, a user without any rights who can gain none.
#   as-in-the-image.sh APP DATA ORIGINALS zhiwen's arguments...
set -euo pipefail
app=$1 data=$2 originals=$3
shift 3
if [ "${IN_NAMESPACE:-}" != 1 ]; then
    IN_NAMESPACE=1 exec unshare --mount --propagation private "$0" "$app" "$data" "$originals" "$@"
fi
root=$(mktemp -d)
mount --bind / "$root"
mount -o remount,bind,ro "$root"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o nosuid,nodev,noexec,size=64m,mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/mnt"
mkdir "$root/mnt/zhiwen" "$root/mnt/data" "$root/mnt/originals"
mount --bind "$app" "$root/mnt/zhiwen"
mount -o remount,bind,ro "$root/mnt/zhiwen"
mount --bind "$data" "$root/mnt/data"
mount -o remount,bind,nosuid,nodev,noexec "$root/mnt/data"
mount --bind "$originals" "$root/mnt/originals"
mount -o remount,bind,nosuid,nodev,noexec "$root/mnt/originals"
mount -o remount,ro "$root/mnt"
export ZHIWEN_DATA=/mnt/data ZHIWEN_BLOBS_FOLDER=/mnt/originals
unset HOME IN_NAMESPACE
cd "$root"
exec chroot "$root" setpriv --reuid=10001 --regid=10001 --clear-groups --no-new-privs --bounding-set=-all \
    --inh-caps=-all /mnt/zhiwen/zhiwen "$@"
