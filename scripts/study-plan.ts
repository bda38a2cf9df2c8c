/** Plans of studies: which runs of `npm run experiment` there are to be done. */

import * as v from 'valibot';
import { commandOf, parseOptions } from './experiment-options.ts';
import { UsageError } from './lib/commands.mjs';

export interface Plan {
  /** Of the folder that its results go to. */
  readonly name: string;
  /** Arguments of `npm run experiment`, as its lines say them, a task each. */
  readonly tasks: readonly (readonly string[])[];
}

const MOST_TASKS = 100_000;

const VALUE = v.union([v.string(), v.number()]);
const PLAN = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'name is letters, digits, - and _')),
  /** Of every task. */
  flags: v.optional(v.array(v.string()), []),
  /** Every combination of values, by flag without --; the last varies fastest. */
  grid: v.optional(v.record(v.string(), v.pipe(v.array(VALUE), v.minLength(1))), {}),
  /** Further ones, in full but for `flags`. */
  tasks: v.optional(v.array(v.array(v.string())), []),
});

/**
 * Reads a plan; its tasks are checked as flags are.
 *
 * @throws UsageError with a sentence that names the file
 */
export function parsePlan(text: string, file: string): Plan {
  const { name, flags, grid, tasks } = parsed(text, file);
  const combinations = Object.entries(grid).reduce<readonly (readonly string[])[]>(
    (all, [flag, values]) => {
      if (all.length * values.length > MOST_TASKS)
        throw new UsageError(`${file} has over ${MOST_TASKS} tasks.`);
      return all.flatMap((before) => values.map((value) => [...before, `--${flag}`, String(value)]));
    },
    [[]],
  );
  const all = [...(Object.keys(grid).length > 0 ? combinations : []), ...tasks].map((own) =>
    commandOfTask([...own, ...flags], file),
  );
  if (all.length === 0) throw new UsageError(`${file} has no tasks: it takes "grid", "tasks" or both.`);
  const known = new Map<string, number>();
  for (const [index, command] of all.entries()) {
    const key = JSON.stringify(command);
    const twin = known.get(key);
    if (twin !== undefined) throw new UsageError(`${file}: tasks ${twin} and ${index} are the same run.`);
    known.set(key, index);
  }
  return { name, tasks: all };
}

function parsed(text: string, file: string): v.InferOutput<typeof PLAN> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is no JSON.`);
  }
  const result = v.safeParse(PLAN, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = issue.path?.map(({ key }) => key).join('.');
  throw new UsageError(`${file}${where === undefined ? '' : `, ${where}`}: ${issue.message}.`);
}

/** In the form in which results say it. */
function commandOfTask(args: readonly string[], file: string): readonly string[] {
  try {
    const { runs, featuresFile, keptFile } = parseOptions(args);
    const [run, ...others] = runs;
    if (run === undefined || others.length > 0)
      throw new UsageError(`it is ${runs.length} runs, and must be one`);
    if ((featuresFile ?? keptFile) !== undefined) throw new UsageError('a task writes no file of its own');
    return commandOf(run);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${file}, task ${args.join(' ')}: ${error.message}`);
  }
}

/** E.g. "task-007.json" of 100 to 999. */
export function fileOf(task: number, tasks: number): string {
  return `task-${String(task).padStart(String(tasks - 1).length, '0')}.json`;
}

/** Rising numbers as engines take them: "3, 7-9". */
export function numbersText(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}
