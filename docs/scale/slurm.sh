#!/usr/bin/env bash
# A study as a Slurm job array, a task an element:
#   sbatch --array=0-7 docs/scale/slurm.sh docs/scale/eight.json results/eight
# In a checkout that all nodes see, after `npm ci && npm run prepare:all` in it.
#SBATCH --job-name=margin-loss-lab
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --output=%x-%A-%a.log
set -euo pipefail
exec npm run --silent study -- run "$1" --task "$SLURM_ARRAY_TASK_ID" --out "$2"
