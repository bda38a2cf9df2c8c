import { expect, it } from 'vitest';
import { fileName } from './download.ts';

it.each([
  [['Softmax + center', 'step', '40'], 'png', 'softmax-center-step-40.png'],
  [['../etc/passwd'], 'svg', 'etc-passwd.svg'],
  [['α₊ Größe 数字'], 'csv', 'α-größe-数字.csv'],
  [['हिन्दी Größe'], 'svg', 'हिन्दी-größe.svg'],
  [['a|b*<c>`"👩\u200d👧', '?:'], 'svg', 'a-b-c.svg'],
  [['a.b', '', ' (c) '], 'mll', 'a-b-c.mll'],
  [['+/+'], 'png', 'panel.png'],
  [[], 'png', 'panel.png'],
])('names the file of %j.%s', (parts, extension, name) => {
  expect(fileName(parts, extension)).toBe(name);
});
