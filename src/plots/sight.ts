/** What is not seen is not drawn: whether a picture is in sight, or nearly so. */

/** Beyond the edge of the screen, so that what is scrolled to is there already. */
const NEARLY = '100px';

export class Sight {
  /** True until it is known. */
  isSeen = true;
  readonly #observer: IntersectionObserver;
  readonly #show: () => void;

  /** @param onSeen called when the element comes into sight, and before the page is printed */
  constructor(element: Element, onSeen: () => void) {
    this.#show = () => {
      this.isSeen = true;
      onSeen();
    };
    this.#observer = new IntersectionObserver(
      (entries) => {
        const isSeen = entries.at(-1)?.isIntersecting ?? true;
        if (isSeen && !this.isSeen) this.#show();
        this.isSeen = isSeen;
      },
      { rootMargin: NEARLY },
    );
    this.#observer.observe(element);
    window.addEventListener('beforeprint', this.#show);
  }

  end(): void {
    this.#observer.disconnect();
    window.removeEventListener('beforeprint', this.#show);
  }
}
