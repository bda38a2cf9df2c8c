/** What moves out of sight is not drawn with every move: when it comes into sight, or to rest. */

/** Beyond the edge of the screen, so that what is scrolled to is there already. */
const NEARLY = '100px';
/** Without a further move, in ms: longer than between two pictures of a training. */
const REST_MS = 500;

export class Sight {
  /** True until it is known, and where a browser can't tell. */
  isSeen = true;
  #isOld = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #draw: () => void;
  readonly #observer: IntersectionObserver | undefined;
  readonly #catchUp = () => {
    if (this.#isOld) this.#draw();
  };

  /** @param draw called for what was put off */
  constructor(element: Element, draw: () => void) {
    this.#draw = draw;
    if (typeof IntersectionObserver !== 'undefined') {
      this.#observer = new IntersectionObserver(
        (entries) => {
          this.isSeen = entries.at(-1)?.isIntersecting ?? true;
          if (this.isSeen) this.#catchUp();
        },
        { rootMargin: NEARLY },
      );
      this.#observer.observe(element);
    }
    window.addEventListener('beforeprint', this.#catchUp);
  }

  /** What is drawn is older than what is to be seen. */
  get isOld(): boolean {
    return this.#isOld;
  }

  /** There is something new: true where it is to be drawn now. */
  admits(): boolean {
    if (this.isSeen) return true;
    this.#isOld = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#catchUp, REST_MS);
    return false;
  }

  /** All is drawn. */
  drawn(): void {
    this.#isOld = false;
    clearTimeout(this.#timer);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#observer?.disconnect();
    window.removeEventListener('beforeprint', this.#catchUp);
  }
}
