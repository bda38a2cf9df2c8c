export function resultsPage(results) {
  return `${results.length}\n`;
}
