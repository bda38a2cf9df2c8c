/** The charts of loss terms over steps. */

import { HELP } from '../content/help.ts';
import type { Chart } from './charts.ts';

export function termCharts(): Chart[] {
  return [
    { value: 'softmax', title: 'Softmax term', help: HELP.softmaxTerm },
    { value: 'center', title: 'Center term', help: HELP.centerTerm },
    { value: 'margin', title: 'Margin term', help: HELP.marginTerm },
  ];
}
