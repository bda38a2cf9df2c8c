/** The worker's answers to what the page asks. */

import { loadLosses } from '../../losses/joint.ts';
import { featuresAsked } from '../lab/asked-features.ts';
import { forcesAsked } from '../lab/forces.ts';
import type { Lab } from '../lab/lab.ts';
import type { Answer, Request } from '../requests.ts';

/**
 * @param lab undefined where there are no runs yet
 * @throws Error with a sentence where it can't be told
 */
export async function answered(request: Request, lab: Lab | undefined): Promise<Answer> {
  switch (request.kind) {
    case 'forces':
      return forcesAsked(request, await loadLosses());
    case 'features':
      return featuresAsked(request, lab);
  }
}
