import { benchPage } from './lib/bench-page.ts';
export default async function main() { console.log(JSON.stringify(await benchPage(), null, 1)); }
