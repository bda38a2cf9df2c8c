#!/usr/bin/env bash
# Shows docs/scale/slurm.sh at work: starts a Slurm of one node on this machine (Debian: apt-get install slurm-wlm, as
# root), runs an array of eight tasks through it, joins their results, and stops it. Its last line says what came out.
set -euo pipefail
cd "$(dirname "$0")/../.."

place=$(mktemp -d)
# Slurm's daemons take a numeric address for the host; names may not resolve in a container.
host=$(hostname -s)
cpus=$(nproc)
daemons=()
stop() {
  for pid in "${daemons[@]}"; do kill "$pid" 2> /dev/null || true; done
  pkill -x munged 2> /dev/null || true
  rm -rf "$place"
}
trap stop EXIT

mkdir -p "$place/state" "$place/spool" /run/munge
[ -f /etc/munge/munge.key ] || dd if=/dev/urandom of=/etc/munge/munge.key bs=1 count=1024 2> /dev/null
chown munge: /etc/munge/munge.key /run/munge && chmod 400 /etc/munge/munge.key
pgrep -x munged > /dev/null || setpriv --reuid=munge --regid=munge --clear-groups munged --force

export SLURM_CONF="$place/slurm.conf"
cat > "$SLURM_CONF" << CONF
ClusterName=proof
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
StateSaveLocation=$place/state
SlurmdSpoolDir=$place/spool
SlurmctldPidFile=$place/slurmctld.pid
SlurmdPidFile=$place/slurmd.pid
SlurmctldLogFile=$place/slurmctld.log
SlurmdLogFile=$place/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MpiDefault=none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cpus State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
slurmctld -D > "$place/controller" 2>&1 &
daemons+=($!)
slurmd -D > "$place/daemon" 2>&1 &
daemons+=($!)
until sinfo --noheader --format=%T 2> /dev/null | grep -q idle; do
  for pid in "${daemons[@]}"; do kill -0 "$pid" || { cat "$place/controller" "$place/daemon"; exit 1; }; done
  sleep 0.2
done

sinfo
results="$place/eight"
started=$(date +%s)
sbatch --wait --array=0-7 --mem=0 --output="$place/%a.log" docs/scale/slurm.sh docs/scale/eight.json "$results" ||
  { cat "$place"/*.log; exit 1; }
seconds=$(($(date +%s) - started))
npm run --silent study -- merge docs/scale/eight.json --out "$results"
lines=$(wc -l < "$results.jsonl")
echo "Slurm $(sinfo --version | cut -d' ' -f2), $cpus cores: $lines of 8 tasks in $seconds s."
[ "$lines" -eq 8 ]
