/** Which of many files belong to which class: a class is the folder that a file lies in, however deep. */

/** In the order of their names, numbers by their value. */
const byName = new Intl.Collator('en', { numeric: true }).compare;

export interface OwnFile {
  /** With '/' between its parts. */
  readonly path: string;
}

export interface ClassFiles<F extends OwnFile> {
  /** The folder's name, as it is. */
  readonly name: string;
  readonly files: readonly F[];
}

/** Files of classes, in the order of names; what is left over is named in `unread`, a sentence each. Hidden files are passed over. */
export function classesOf<F extends OwnFile>(
  files: readonly F[],
): { readonly classes: readonly ClassFiles<F>[]; readonly unread: readonly string[] } {
  const unread: string[] = [];
  const found = files
    .map((file) => ({ file, parts: file.path.split('/').filter((part) => part !== '') }))
    .filter(({ parts }) => !parts.some(isHidden));
  const inside = found.filter(({ file, parts }) => {
    if (!parts.includes('..')) return true;
    unread.push(`${file.path}: its path leads out of the folder.`);
    return false;
  });
  const depth = sharedDepth(inside.map(({ parts }) => parts));
  const groups = new Map<string, { file: F; path: string }[]>();
  for (const { file, parts } of inside) {
    const name = parts.slice(depth).at(-2);
    const path = parts.join('/');
    if (name === undefined) unread.push(`${file.path}: it lies in no folder of a class.`);
    else if (groups.get(name)?.push({ file, path }) === undefined) groups.set(name, [{ file, path }]);
  }
  const classes = [...groups]
    .sort(([a], [b]) => byName(a, b))
    .map(([name, own]) => ({
      name,
      files: own.sort((a, b) => byName(a.path, b.path)).map(({ file }) => file),
    }));
  return { classes, unread };
}

/** '..' leads out, and is no hidden file. */
function isHidden(part: string): boolean {
  return (part.startsWith('.') && part !== '..') || part === '__MACOSX';
}

/** How many folders all of them lie in, which are no classes. */
function sharedDepth(paths: readonly (readonly string[])[]): number {
  let depth = 0;
  for (;;) {
    const first = paths[0]?.[depth];
    const isShared = first !== undefined && paths.every((parts) => parts[depth] === first);
    // One of them must still lie in a folder below.
    if (!isShared || !paths.some((parts) => parts.length > depth + 2)) return depth;
    depth++;
  }
}
