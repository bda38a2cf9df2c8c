/**
 * That the code of today gives the numbers of docs/results.md: the study takes hours, and most changes alter none of them.
 * Runs of every kind are repeated and must come out equal to the bit; then the digest of today's code is kept beside that of
 * the code which made the study.
 */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ELSEWHERE, JOBS, type Job, keyOfJob, type Result } from './letter-study.ts';
import { ROOT } from './lib/project.mjs';

export const PROOF = path.join(ROOT, 'docs/results-proof.json');

export interface Proof {
  /** Digest of the code that made the study. */
  readonly made: string;
  /** Digest of code that was seen to give the same numbers. */
  readonly code: string;
  /** Keys of the runs that it repeated. */
  readonly runs: readonly string[];
}

/** The first run of every study with each combination; of LeNets++, which takes minutes, one. The longest begin first. */
export const PROVEN: readonly Job[] = JOBS.filter(
  (job, index) => JOBS.findIndex((other) => kindOf(other) === kindOf(job)) === index,
).sort((a, b) => Number(b.study === 'LeNets++') - Number(a.study === 'LeNets++'));

function kindOf({ study, preset }: Job): string {
  return study === 'LeNets++' ? study : `${study} ${preset}`;
}

/** Of these, what can be repeated everywhere. */
export const PROVEN_EVERYWHERE = PROVEN.filter(({ study }) => !ELSEWHERE.includes(study)).map(keyOfJob);

/** Undefined where there is none. */
export function readProof(): Proof | undefined {
  return existsSync(PROOF) ? JSON.parse(readFileSync(PROOF, 'utf8')) : undefined;
}

/** The digest under which runs of this code may stand in the study: that of the code which made it, where both give the same. */
export function standsFor(code: string, proof: Proof | undefined): string {
  return proof?.code === code ? proof.made : code;
}

/** The names of what is not equal to the bit in two results of one command. */
export function differences(kept: Result, repeated: Result): string[] {
  const names = new Set([...Object.keys(kept.measures), ...Object.keys(repeated.measures)]);
  const unequal = [...names].filter((name) => !Object.is(kept.measures[name], repeated.measures[name]));
  const isDrawn = JSON.stringify(kept.pairDraws) !== JSON.stringify(repeated.pairDraws);
  return isDrawn ? [...unequal, 'pairDraws'] : unequal;
}
