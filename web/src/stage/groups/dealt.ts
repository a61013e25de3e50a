// Lays what stands in a box out in pages that the box has room for, and says on which page each thing stands.
// Text that is higher than the whole box is cut after its last full line.
import { pack } from './paging.ts'

interface Dealing {
  /** Anything that changes when the things do. */
  of: unknown
  page: number
  tell: (pages: number[]) => void
}

export function dealt(box: HTMLElement, dealing: Dealing) {
  let now = dealing
  let pages: number[] = []
  const inner = box.firstElementChild as HTMLElement
  const things = (): HTMLElement[] => [...inner.children] as HTMLElement[]

  function show(): void {
    const all = things()
    const first = all[pages.indexOf(now.page)]
    inner.style.transform = first ? `translateY(${-first.offsetTop}px)` : ''
    all.forEach((one, place) => (one.style.visibility = pages[place] === now.page ? '' : 'hidden'))
  }

  function measure(): void {
    const room = box.clientHeight
    for (const one of things()) cut(one, room)
    const all = things()
    const next = pack(all.map((one) => one.offsetHeight), room + 1)
    const changed = next.length !== pages.length || next.some((page, place) => page !== pages[place])
    pages = next
    show()
    if (changed) now.tell(pages)
  }

  const watch = new ResizeObserver(measure)
  watch.observe(box)
  measure()
  return {
    update(next: Dealing) {
      const same = next.of === now.of
      now = next
      if (same) show()
      else requestAnimationFrame(measure)
    },
    destroy: () => watch.disconnect(),
  }
}

function cut(one: HTMLElement, room: number): void {
  const text = one.querySelector<HTMLElement>('.long')
  if (!text) return
  text.style.removeProperty('-webkit-line-clamp')
  const over = one.offsetHeight - room
  if (over <= 0) return
  const line = parseFloat(getComputedStyle(text).lineHeight)
  text.style.setProperty('-webkit-line-clamp', String(Math.max(1, Math.floor((text.offsetHeight - over) / line))))
}
