/** Accuracies over two settings as a table whose cells are lighter the more is right. */

import './AccuracyMap.css';

export interface AccuracyMapProps {
  readonly caption: string;
  /** Headings of the columns and of the rows. */
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** [rows][columns], 0 to 1; null where nothing was measured. */
  readonly values: readonly (readonly (number | null)[])[];
}

export function AccuracyMap({ caption, columns, rows, values }: AccuracyMapProps) {
  return (
    <table className="accuracy-map">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <td />
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, r) => (
          <tr key={row}>
            <th scope="row">{row}</th>
            {columns.map((column, c) => (
              <Cell key={column} value={values[r]?.[c] ?? null} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const DIGITS = 2;

function Cell({ value }: { readonly value: number | null }) {
  if (value === null) return <td>–</td>;
  return <td style={{ '--share': value } as React.CSSProperties}>{value.toFixed(DIGITS)}</td>;
}
