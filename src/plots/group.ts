/**
 * Plots that stand side by side: they may share their zoom, and the size of a feature unit. It holds
 * what is on the screen, nothing of the experiment.
 */

import { type ZoomTransform, zoomIdentity } from 'd3';

export interface GroupMember {
  /** Half the width of what this plot needs to show, in feature units. */
  readonly radius: number;
  redraw(): void;
  /** Takes a zoom that another plot of the group began. */
  takeZoom(transform: ZoomTransform): void;
}

export class PlotGroup {
  readonly #members = new Set<GroupMember>();
  #transform: ZoomTransform = zoomIdentity;
  #linksZoom = true;
  #sharesScale = false;

  /** True where one plot's zoom is every plot's. */
  get linksZoom(): boolean {
    return this.#linksZoom;
  }

  set linksZoom(value: boolean) {
    if (value === this.#linksZoom) return;
    this.#linksZoom = value;
    if (value) for (const member of this.#members) member.takeZoom(this.#transform);
  }

  /** True where a feature unit is equally long in all plots; false where each plot fits its own points. */
  get sharesScale(): boolean {
    return this.#sharesScale;
  }

  set sharesScale(value: boolean) {
    if (value === this.#sharesScale) return;
    this.#sharesScale = value;
    for (const member of this.#members) member.redraw();
  }

  /** Returns the function that takes the plot out again. */
  join(member: GroupMember): () => void {
    this.#members.add(member);
    return () => this.#members.delete(member);
  }

  /** A plot that came later takes the others' zoom. */
  welcome(member: GroupMember): void {
    if (this.#linksZoom) member.takeZoom(this.#transform);
  }

  /** The radius that this plot shows now. */
  radiusOf(member: GroupMember): number {
    if (!this.#sharesScale) return member.radius;
    return Math.max(...Array.from(this.#members, ({ radius }) => radius));
  }

  /** A plot's radius changed: where the scale is shared, the others are drawn again. */
  radiusChanged(by: GroupMember): void {
    if (!this.#sharesScale) return;
    for (const member of this.#members) if (member !== by) member.redraw();
  }

  zoomed(by: GroupMember, transform: ZoomTransform): void {
    this.#transform = transform;
    if (!this.#linksZoom) return;
    for (const member of this.#members) if (member !== by) member.takeZoom(transform);
  }
}
