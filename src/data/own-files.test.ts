import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classesOf } from './own-files.ts';

const listed = (...paths: string[]) => {
  const { classes, unread } = classesOf(paths.map((path) => ({ path })));
  return { classes: classes.map(({ name, files }) => [name, files.map(({ path }) => path)]), unread };
};

describe('files of classes', () => {
  it('are by the folder that they lie in, in the order of names, whatever lies above', () => {
    const expected = [
      ['s2', ['faces/s2/1.pgm']],
      ['s10', ['faces/s10/2.pgm', 'faces/s10/10.pgm']],
    ];
    expect(listed('faces/s10/10.pgm', 'faces/s2/1.pgm', 'faces/s10/2.pgm').classes).toEqual(expected);
    expect(listed('a/train/cat/1.png', 'a/test/cat/1.png', 'a/train/dog/1.png').classes).toEqual([
      ['cat', ['a/test/cat/1.png', 'a/train/cat/1.png']],
      ['dog', ['a/train/dog/1.png']],
    ]);
    // A folder of classes itself is none, however they were handed over.
    expect(listed('s1/1.pgm', 's2/1.pgm').classes.map(([name]) => name)).toEqual(['s1', 's2']);
  });

  it('pass over what is hidden, and name what lies nowhere or leads out', () => {
    const { classes, unread } = listed(
      ...['faces/s1/1.pgm', 'faces/s2/.DS_Store', '__MACOSX/s1/1.pgm', '.git/config'],
      ...['faces/CREDIT.md', '../../etc/passwd', 'faces/../s3/1.pgm'],
    );
    expect(classes).toEqual([['s1', ['faces/s1/1.pgm']]]);
    expect(unread).toEqual([
      '../../etc/passwd: its path leads out of the folder.',
      'faces/../s3/1.pgm: its path leads out of the folder.',
      'faces/CREDIT.md: it lies in no folder of a class.',
    ]);
  });

  it('hold each file once at most, whatever paths are made of', () => {
    const part = fc.constantFrom('a', 'b', '..', '.', '', '.h', '__MACOSX', '<b>', '\u202e', 'ü', '10', '9');
    const path = fc.array(part, { maxLength: 5 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.array(path, { maxLength: 20 }), (paths) => {
        const files = paths.map((own) => ({ path: own }));
        const { classes, unread } = classesOf(files);
        const taken = classes.flatMap((own) => own.files);
        expect(new Set(taken).size).toBe(taken.length);
        expect(taken.length + unread.length).toBeLessThanOrEqual(files.length);
        expect(classes.every(({ name }) => name !== '..' && name !== '')).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });
});
