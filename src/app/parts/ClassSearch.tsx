/** Finds classes by a part of their names, where there are too many to look through. */

import './ClassSearch.css';

export interface ClassSearchProps {
  readonly wanted: string;
  readonly onSearch: (wanted: string) => void;
  /** Where there is more than one on the page. */
  readonly name?: string;
}

export function ClassSearch({ wanted, onSearch, name = 'Find a class' }: ClassSearchProps) {
  return (
    <input
      type="search"
      className="class-search"
      placeholder={name}
      aria-label={name}
      value={wanted}
      onChange={({ target }) => onSearch(target.value)}
    />
  );
}

/** Labels of the classes whose name holds what is searched; all where nothing is. */
export function namesWith(classNames: readonly string[], wanted: string): readonly number[] {
  const text = wanted.trim().toLocaleLowerCase();
  const labels = classNames.map((_, label) => label);
  return labels.filter((label) => (classNames[label] ?? '').toLocaleLowerCase().includes(text));
}
