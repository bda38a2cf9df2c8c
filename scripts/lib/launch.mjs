// @ts-check
/** Runs a command: its flags are checked, what it needs is set up, then its entry point is bundled and called. */

import { existsSync } from 'node:fs';
import { loaded, sourceOf } from './bundle.mjs';
import { COMMANDS, flagsIn, helpOf, isCommand, refuseKeptByNpm, UsageError } from './commands.mjs';
import { MADE } from './made.mjs';
import { guardOutput } from './output.mjs';
import { portIn, requireFreePort } from './port.mjs';
import { endWithParent } from './processes.mjs';
import { messageOf, ROOT } from './project.mjs';
import { packagesAreCurrent, setUp } from './setup.mjs';
import { removeStale } from './staging.mjs';

/** Tests call an entry point many times: they name a folder where its bundle stays. */
const KEPT = process.env.LAB_BUNDLE;
delete process.env.LAB_BUNDLE;

/** Where one entry point runs another, all is set up. */
const isNested = process.env.LAB_ROOT !== undefined;

/**
 * Runs a command; the exit code says whether it did what was asked for.
 * @param {string} name of an entry point: its path in scripts/, without .ts
 * @param {readonly string[]} args
 */
export async function launch(name, args) {
  guardOutput();
  endWithParent();
  try {
    if (!isCommand(name) && !existsSync(sourceOf(name))) {
      throw new UsageError(`There is no command “${name}”: there are ${Object.keys(COMMANDS).join(', ')}.`);
    }
    if (isCommand(name)) refuseKeptByNpm(name, process.env);
    const { help = false } = isCommand(name) ? flagsIn(name, args) : {};
    if (help && isCommand(name) && !canHelpItself(name)) {
      console.log(helpOf(name));
      return;
    }
    refusePath();
    await removeStale();
    if (name === 'start') await requireFreePort(portIn(process.env.PORT));
    const own = MADE.filter(({ command }) => command === name);
    if (own.length > 0) await setUp(own);
    else {
      if (!help) await setUp(isNested ? [] : MADE);
      await (await loaded(name, KEPT))(args);
    }
  } catch (error) {
    console.error(messageOf(error));
    process.exitCode = error instanceof Error && 'exitCode' in error ? Number(error.exitCode) : 1;
  }
}

/** Its help is longer, and made of records, which need packages to be read. */
function canHelpItself(/** @type {import('./commands.mjs').CommandName} */ name) {
  try {
    return 'helpsItself' in COMMANDS[name] && packagesAreCurrent();
  } catch {
    return false;
  }
}

/** Vite takes what comes after these for a fragment or a query. */
function refusePath() {
  const [character] = /[#?]/.exec(ROOT) ?? [];
  if (character === undefined) return;
  throw new Error(`The lab can’t be built in ${ROOT}: move it to a folder without ${character} in its path.`);
}
