#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# with_slurm.sh CPUS -- COMMAND...   runs COMMAND inside a private Slurm of one pretended node with so many processors, which
# lives in a folder of its own and ends with the command; needs neither root nor systemd. Exit 77 where Slurm is not installed.
set -euo pipefail
cpus=$1; shift; [ "$1" = -- ] && shift
PATH=$PATH:/usr/sbin:/sbin
for program in munged slurmctld slurmd sbatch squeue sinfo; do
  command -v "$program" >/dev/null || { echo "SKIPPED: $program is not installed (slurmctld, slurmd, slurm-client, munge)"; exit 77; }
done
folder=$(mktemp -d); host=$(hostname -s); daemons=()
stop() {
  local code=$? process
  trap - EXIT
  for process in "${daemons[@]}"; do kill "$process" 2>/dev/null || true; done
  for process in "${daemons[@]}"; do  # the controller still saves its state: the folder goes when all have ended
    for _ in $(seq 100); do kill -0 "$process" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
  done
  [ $code = 0 ] || tail -n 15 "$folder"/log/*.log >&2 || true
  rm -rf "$folder"
  exit $code
}
trap stop EXIT
trap 'exit 130' INT TERM
mkdir -p "$folder"/{state,log,munge,spool}; chmod 755 "$folder" "$folder/munge"
(umask 077; head -c 1024 /dev/urandom >"$folder/munge/key"); chmod 400 "$folder/munge/key"
munged --force -F --key-file="$folder/munge/key" --socket="$folder/munge/socket" --pid-file="$folder/munge/pid" \
  --seed-file="$folder/munge/seed" --num-threads=2 >"$folder/log/munged.log" 2>&1 & daemons+=($!)
read -r -a ports < <(python3 -c "
import socket
sockets = [socket.socket() for _ in range(2)]
[one.bind(('127.0.0.1', 0)) for one in sockets]
print(*[one.getsockname()[1] for one in sockets])")
cat >"$folder/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=${ports[0]}
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
MailProg=/bin/true
ReturnToService=2
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,batch_sched_delay=0,sched_min_interval=0,bf_interval=1
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
KillWait=5
NodeName=node NodeHostname=$host NodeAddr=127.0.0.1 Port=${ports[1]} CPUs=$cpus RealMemory=1000 State=UNKNOWN
PartitionName=test Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$folder/slurm.conf
for _ in $(seq 100); do [ -S "$folder/munge/socket" ] && break; sleep 0.1; done
slurmctld -D -c -f "$SLURM_CONF" >"$folder/log/slurmctld.log" 2>&1 & daemons+=($!)
slurmd -D -c -N node -f "$SLURM_CONF" >"$folder/log/slurmd.log" 2>&1 & daemons+=($!)
for _ in $(seq 300); do [ "$(sinfo -h -o %D -t idle 2>/dev/null)" = 1 ] && break; sleep 0.1; done
[ "$(sinfo -h -o %D -t idle 2>/dev/null)" = 1 ] || { echo "the node never became idle" >&2; exit 1; }
"$@"
