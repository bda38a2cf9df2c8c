/**
 * Plots that stand side by side: they may share their zoom, and the size of a feature unit. It holds
 * what is on the screen, nothing of the experiment.
 */

import { type ZoomTransform, zoomIdentity } from 'd3';
import type { Picture } from './figure.ts';

/**
 * 'fit': each plot shows all of its own points; 'same': a feature unit is equally long in all plots; 'sameD2': the mean
 * distance between two classes is.
 */
export type Scale = 'fit' | 'same' | 'sameD2';

export interface GroupMember {
  /** Half the width of what this plot needs to show, in feature units. */
  readonly radius: number;
  /** Mean distance between two class means, in feature units; NaN where it is not known. */
  readonly separation: number;
  redraw(): void;
  /** Takes a zoom that another plot of the group began. */
  takeZoom(transform: ZoomTransform): void;
}

export class PlotGroup {
  readonly #members = new Set<GroupMember>();
  #transform: ZoomTransform = zoomIdentity;
  /** What asks for the picture of a panel, by the panel's place. */
  readonly #pictures = new Map<number, () => Picture | undefined>();
  #linksZoom = true;
  #scale: Scale = 'fit';

  /** True where one plot's zoom is every plot's. */
  get linksZoom(): boolean {
    return this.#linksZoom;
  }

  set linksZoom(value: boolean) {
    if (value === this.#linksZoom) return;
    this.#linksZoom = value;
    if (value) for (const member of this.#members) member.takeZoom(this.#transform);
  }

  get scale(): Scale {
    return this.#scale;
  }

  set scale(value: Scale) {
    if (value === this.#scale) return;
    this.#scale = value;
    for (const member of this.#members) member.redraw();
  }

  /** The plot of a panel can be asked for its picture; returns the function that ends it. */
  place(panel: number, picture: () => Picture | undefined): () => void {
    this.#pictures.set(panel, picture);
    return () => {
      if (this.#pictures.get(panel) === picture) this.#pictures.delete(panel);
    };
  }

  /** What the plot of a panel shows; undefined where there is none. */
  pictureOf(panel: number): Picture | undefined {
    return this.#pictures.get(panel)?.();
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
    if (this.#scale === 'fit') return member.radius;
    const unitOf = (each: GroupMember) => (this.#scale === 'same' ? 1 : each.separation);
    const unit = unitOf(member);
    // What has no separation, as all features at one place, fits its own points.
    if (!(unit > 0)) return member.radius;
    const radii = Array.from(this.#members, (each) => each.radius / unitOf(each)).filter(Number.isFinite);
    return unit * Math.max(...radii);
  }

  /** A plot's radius changed: where the scale is shared, the others are drawn again. */
  radiusChanged(by: GroupMember): void {
    if (this.#scale === 'fit') return;
    for (const member of this.#members) if (member !== by) member.redraw();
  }

  zoomed(by: GroupMember, transform: ZoomTransform): void {
    this.#transform = transform;
    if (!this.#linksZoom) return;
    for (const member of this.#members) if (member !== by) member.takeZoom(transform);
  }
}
