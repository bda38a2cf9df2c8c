import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mapJson, resultsFigures } from './results-figures.ts';
import { resultsPage } from './results-page.ts';
import { tablesJson } from './results-tables.ts';
export default async function main() {
  const results = readFileSync('docs/results.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l));
  mkdirSync('/tmp/figs', { recursive: true });
  for (const [n, svg] of Object.entries(resultsFigures(results))) writeFileSync(`/tmp/figs/${n}.svg`, svg);
  writeFileSync('src/app/story/from-the-start.json', mapJson(results));
  const page = resultsPage(results);
  writeFileSync('/tmp/figs/page.md', page);
  writeFileSync('/tmp/figs/tables.json', tablesJson(page));
}
