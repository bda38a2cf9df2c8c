/** What the page says of the letter itself: its own weights, and where it can be read. */

/** The letter's own weights (λ₀, λ₁, λ₂), from its Table III: face experiments. "Tuned": softmax first. */
export const LETTER_WEIGHTS = [
  { name: 'S', weights: [1, 0, 0] },
  { name: 'S+C', weights: [1, 0.008, 0] },
  { name: 'S+M', weights: [1, 0, 0.015] },
  { name: 'S+C+M', weights: [1, 0.008, 0.01] },
  { name: 'C+M, tuned', weights: [0, 0.008, 0.01] },
  { name: 'M, tuned', weights: [0, 0, 0.015] },
] as const;

export const DOI = 'https://doi.org/10.1109/LSP.2017.2789251';
