import { expect, it } from 'vitest';
import { featuresCsv, table } from './csv.ts';

it('writes features as label,x,y in two dimensions and label,f0,… else', () => {
  const labels = Uint8Array.from([7, 0]);
  expect(featuresCsv(Float32Array.from([1, -2.5, 0, 4]), labels, 2)).toBe('label,x,y\n7,1,-2.5\n0,0,4\n');
  expect(featuresCsv(Float32Array.from([1, 2, 3, 4, 5, 6]), labels, 3)).toBe(
    'label,f0,f1,f2\n7,1,2,3\n0,4,5,6\n',
  );
});

it('a table quotes what must be quoted', () => {
  expect(
    table(
      ['index', 'Softmax, tuned x'],
      [
        [1, 'a "b"'],
        [2.5, ''],
      ],
    ),
  ).toBe('index,"Softmax, tuned x"\n1,"a ""b"""\n2.5,\n');
});
