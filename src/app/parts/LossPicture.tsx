/** What a loss makes of the digits, small: made by `npm run reproduce -- --losses`. */

import { type Preset, pictureName } from '../../losses/presets.ts';
import './LossPicture.css';

export function LossPicture({ preset }: { readonly preset: Preset }) {
  return (
    <img
      className="loss-picture"
      src={`${import.meta.env.BASE_URL}losses/${pictureName(preset)}.svg`}
      alt=""
      width={44}
      height={44}
      loading="lazy"
      decoding="async"
    />
  );
}
