/** What compare.ts compares, by name. */
export const COMPARED = [
  'a convolution and its gradients',
  'a product and its gradients',
  'sums, means and largest values over any axes',
  'operations value by value, broadcast',
  'PReLU and its gradients',
  'an update by Adam',
] as const;

export type Compared = (typeof COMPARED)[number];
