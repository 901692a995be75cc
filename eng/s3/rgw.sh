#!/usr/bin/env bash
# A throwaway Ceph RADOS Gateway, a real S3 server, on 127.0.0.1: a monitor, an object store in memory and the gateway, all in one folder.
#
# usage: eng/s3/rgw.sh start                       begins with an empty store; returns when S3 answers, after about a second
#        eng/s3/rgw.sh stop                        ends it; the folder with its logs stays
#        eng/s3/rgw.sh wipe                        ends it at once and removes the folder
#        eng/s3/rgw.sh status                      one line a process; exit code 1 when one is down
#        eng/s3/rgw.sh topic NAME URL              a topic that posts put events to URL; prints its ARN for PutBucketNotification
#        eng/s3/rgw.sh user KEY SECRET [POLICY]    a user who may do what the IAM policy in the file POLICY, or in the input, allows
# environment:
#        RGW_DIR         the folder (artifacts/rgw)
#        RGW_PORT        where S3 listens (8333); the next 15 ports are the cluster's own
#        RGW_ACCESS_KEY  RGW_SECRET_KEY    who owns the buckets
# eng/s3/install.sh installs what this needs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/processes.sh"

folder=$(realpath -m "${RGW_DIR:-$here/../../artifacts/rgw}")
port=${RGW_PORT:-8333}
monitor_port=$((port + 1))
key=${RGW_ACCESS_KEY:-testaccesskey0000001}
secret=${RGW_SECRET_KEY:-testsecretkey0000000000000000000000000001}
url=http://127.0.0.1:$port/

usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; }

# The plug-ins of the object store lie in a folder named for the processor.
class_folder() {
  local found
  for found in /usr/lib/*/rados-classes /usr/lib64/rados-classes; do [[ -d $found ]] && { echo "$found"; return; }; done
  fail "the folder rados-classes of Ceph is not below /usr/lib; install the package ceph-osd again"
}

# Ceph 16 has both front ends; there beast aborts at a DeleteObjects on a bucket that notifies. Later ones have only beast.
front_end() {
  local version
  version=$(radosgw --version | sed -n 's/^ceph version \([0-9]*\).*/\1/p')
  if ((${version:-17} < 17)); then echo "civetweb port=127.0.0.1:$port num_threads=64 enable_keep_alive=yes tcp_nodelay=1"
  else echo "beast endpoint=127.0.0.1:$port tcp_nodelay=1"; fi
}

# Every path is relative to the folder, where all programs are started: Ceph splits absolute ones at blanks.
write_configuration() {
  local classes gateway
  classes=$(class_folder); gateway=$(front_end)
  cat >"$folder/ceph.conf" <<END
[global]
fsid = $cluster
mon_host = v1:127.0.0.1:$monitor_port
mon_initial_members = a
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_msgr2 = false
ms_bind_port_min = $((port + 2))
ms_bind_port_max = $((port + 15))
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
keyring = keyring
run_dir = .
chdir =
admin_socket =
crash_dir = .
log_file = \$name.ceph.log
mon_cluster_log_file = cluster.log
setuser_match_path =
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 4
osd_pool_default_pgp_num = 4
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000
[mon]
mon_data = monitor
paxos_propose_interval = 0.02
paxos_min_wait = 0.01
mon_data_avail_crit = 1
[osd]
osd_data = store
osd_objectstore = memstore
memstore_device_bytes = $((8 << 30))
osd_class_dir = $classes
osd_max_object_name_len = 2048
[client.rgw]
rgw_frontends = $gateway
rgw_data = gateway
rgw_dns_name = localhost
rgw_thread_pool_size = 64
rgw_enable_usage_log = false
rgw_run_sync_thread = false
rgw_dynamic_resharding = false
rgw_override_bucket_index_max_shards = 1
rgw_gc_obj_min_wait = 60
rgw_gc_processor_period = 30
END
}

# once STEP COMMAND...: a step of the start that ends by itself.
once() {
  local step=$1; shift
  (cd "$folder" && timeout 30 "$@") </dev/null >>"$folder/$step.log" 2>&1 || fail "$step failed; its log is $folder/$step.log"
}

start() {
  if report monitor store gateway >/dev/null; then echo "S3 is at $url already"; return; fi
  local tool
  for tool in radosgw radosgw-admin ceph ceph-mon ceph-osd monmaptool curl; do
    command -v "$tool" >/dev/null || fail "$tool is not installed; $here/install.sh installs it, as root"
  done
  stop KILL
  remove_content
  need_free "$port"
  need_free "$monitor_port"
  trap 'stop KILL' EXIT # half a cluster is none
  mkdir -p "$folder"/{monitor,store,gateway}
  : >"$folder/keyring"
  local cluster store
  cluster=$(cat /proc/sys/kernel/random/uuid)
  store=$(cat /proc/sys/kernel/random/uuid)
  write_configuration

  once monitor-map monmaptool --create --fsid "$cluster" --addv a "[v1:127.0.0.1:$monitor_port]" monitor-map
  once monitor-new ceph-mon -c ceph.conf -i a --mkfs --monmap monitor-map --keyring keyring
  launch monitor ceph-mon -c ceph.conf -i a -f
  wait_for 30 monitor tell_monitor "$store"
  # --no-mon-config: a daemon that asks the monitor for its settings first knows no cluster id meanwhile, and may end with "wrong fsid".
  once store-new ceph-osd --no-mon-config -c ceph.conf -i 0 --mkfs --osd-uuid "$store"
  launch store ceph-osd --no-mon-config -c ceph.conf -i 0 -f
  launch gateway radosgw --no-mon-config -c ceph.conf -n client.rgw -f
  wait_for 60 gateway curl -s -o /dev/null "$url"
  runs store || fail "store ended while it was started; its log is $folder/store.log"
  once owner radosgw-admin --no-mon-config -c ceph.conf -n client.rgw user create --uid=owner --display-name=owner \
    --access-key="$key" --secret="$secret" --max-buckets=0 --caps="user-policy=*"
  trap - EXIT
  echo "S3 is at $url for $key"
}

tell_monitor() { (cd "$folder" && timeout 10 ceph -c ceph.conf --connect-timeout 5 osd new "$1"); }

stop() { local name; for name in gateway store monitor; do end "$name" "${1:-TERM}"; done; }

# Only a folder that start has made, or an empty one, is emptied.
remove_content() {
  [[ -d $folder && -n $(ls -A "$folder") ]] || return 0
  [[ -f $folder/ceph.conf && -d $folder/monitor ]] || fail "$folder holds something else than a gateway; RGW_DIR must name a folder of its own"
  rm -rf "${folder:?}"
}

# ask SERVICE ARGUMENT...: a request of the owner's to SNS or IAM, as the gateway speaks them.
ask() {
  local service=$1; shift
  curl -sS --fail-with-body --max-time 30 --aws-sigv4 "aws:amz:us-east-1:$service" -u "$key:$secret" "$url" "$@"
}

topic() {
  (($# == 2)) || { usage >&2; exit 2; }
  local try answer
  runs gateway || fail "no gateway runs in $folder"
  exec 9>"$folder/topics.lock"
  flock 9 # all topics are one object: of two that are made at the same moment one gets an error
  for try in 1 2 3 4 5; do
    answer=$(ask sns --data-urlencode Action=CreateTopic --data-urlencode "Name=$1" \
      --data-urlencode Attributes.entry.1.key=push-endpoint --data-urlencode "Attributes.entry.1.value=$2" 2>&1) &&
      grep -o 'arn:aws:sns:[^<]*' <<<"$answer" && return
    sleep "0.$try"
  done
  fail "the topic $1 could not be made: $answer"
}

user() {
  (($# == 2 || $# == 3)) || { usage >&2; exit 2; }
  local answer policy=${3:--}
  runs gateway || fail "no gateway runs in $folder"
  [[ $policy == - ]] || policy=$(realpath "$policy")
  (cd "$folder" && radosgw-admin --no-mon-config -c ceph.conf -n client.rgw user create --uid="$1" --display-name="$1" --access-key="$1" --secret="$2") \
    </dev/null >>"$folder/users.log" 2>&1 || fail "the user $1 could not be made; see $folder/users.log"
  answer=$(ask iam -d Action=PutUserPolicy -d PolicyName=role --data-urlencode "UserName=$1" --data-urlencode "PolicyDocument@$policy" 2>&1) ||
    fail "the policy of $1 was not taken: $answer"
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  wipe) stop KILL; remove_content ;;
  status) report monitor store gateway ;;
  topic) shift; topic "$@" ;;
  user) shift; user "$@" ;;
  --help | -h) usage ;;
  *) usage >&2; exit 2 ;;
esac
