/** Draws into an SVG element now and whenever its size changes. Returns the function that ends it. */
export function drawOnResize(
  element: SVGSVGElement | null,
  draw: (element: SVGSVGElement, width: number, height: number) => void,
): (() => void) | undefined {
  if (element === null) return undefined;
  const observer = new ResizeObserver(() => {
    const { clientWidth, clientHeight } = element;
    if (clientWidth > 0 && clientHeight > 0) draw(element, clientWidth, clientHeight);
  });
  // Observing calls back once at once.
  observer.observe(element);
  return () => observer.disconnect();
}
