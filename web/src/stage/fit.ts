// Makes a text as large as its box allows, between the stage's least size and twice that, and says when even
// the least does not fit (the rest stands on every phone). Legibility rule: never below 4.6 hundredths of the width.

const LEAST = 4.6
const MOST = 7.6
const STEP = 0.3

interface Fitting {
  text: string
  tell: (cut: boolean) => void
  /** For what is not the thing itself, or has more room. */
  least?: number
  most?: number
}

export function fit(box: HTMLElement, fitting: Fitting) {
  let { tell, least = LEAST, most = MOST } = fitting
  const measure = () => {
    const thing = box.firstElementChild as HTMLElement | null
    if (!thing) return
    let size = most
    const place = () => (thing.style.fontSize = `calc(var(--u) * ${size})`)
    // Not scrollHeight: a tall font's boxes reach over its lines.
    const over = () => thing.offsetHeight > box.clientHeight + 1
    thing.style.removeProperty('-webkit-line-clamp')
    place()
    while (size > least && over()) {
      size = Math.max(least, size - STEP)
      place()
    }
    const cut = over()
    if (cut) thing.style.setProperty('-webkit-line-clamp', String(Math.max(1, Math.floor(box.clientHeight / parseFloat(getComputedStyle(thing).lineHeight)))))
    tell(cut)
  }
  const watch = new ResizeObserver(measure)
  watch.observe(box.parentElement ?? box)
  measure()
  return {
    update(next: Fitting) {
      ;({ tell, least = LEAST, most = MOST } = next)
      requestAnimationFrame(measure)
    },
    destroy: () => watch.disconnect(),
  }
}
