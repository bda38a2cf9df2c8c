/** What can go wrong with data, said in a sentence that a reader of the page understands. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
