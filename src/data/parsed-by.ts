/** Parsers of plain data as parts of a valibot schema. */

import * as v from 'valibot';

/** What `parse` makes of a value; the sentence of its RangeError is the issue's message. */
export function parsedBy<T>(parse: (value: unknown) => T) {
  return v.pipe(
    v.unknown(),
    v.rawTransform<unknown, T>(({ dataset, addIssue, NEVER }) => {
      try {
        return parse(dataset.value);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        addIssue({ message: error.message });
        return NEVER;
      }
    }),
  );
}
