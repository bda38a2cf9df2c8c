/** Remembers the last answer of a function, so that equal questions get the identical object. */

/** @returns the same function, to be called with the inputs that decide its answer, each compared by identity, first */
export function createMemo<Args extends readonly unknown[], Result>(
  compute: (...args: Args) => Result,
): (inputs: readonly unknown[], ...args: Args) => Result {
  let known: { readonly inputs: readonly unknown[]; readonly result: Result } | undefined;
  return (inputs, ...args) => {
    if (known?.inputs.every((input, i) => input === inputs[i])) return known.result;
    known = { inputs, result: compute(...args) };
    return known.result;
  };
}
