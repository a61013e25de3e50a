// A list that does not move under a reader's finger or focus. While somebody is in it, what it shows stays as it
// stood; the difference is offered ("Show 4 new"). Knows ids alone.

export class Steady {
  /** The ids as they are shown. */
  shown = $state<string[]>([])
  #wanted: () => string[]
  #inside = $state(false)

  // `wanted` reads the ids as they should stand.
  constructor(wanted: () => string[]) {
    this.#wanted = wanted
    $effect.pre(() => {
      const next = wanted()
      if (!this.#inside && !same(next, this.shown)) this.shown = next
    })
  }

  /** How many there are that are not shown yet. */
  get fresh(): number {
    const shown = new Set(this.shown)
    return this.#wanted().filter((id) => !shown.has(id)).length
  }

  /** Whether the shown order is no longer the true one. */
  get stale(): boolean {
    return !same(this.#wanted(), this.shown)
  }

  /** Shows the list as it should stand now. */
  settle = (): void => {
    this.shown = this.#wanted()
  }

  /** Takes one out at once: the person in the list has just dealt with it. */
  drop = (id: string): void => {
    this.shown = this.shown.filter((one) => one !== id)
  }

  /** For the list's element: notices focus and pointer. */
  watch = (list: HTMLElement) => {
    let focus = false
    let pointer = false
    const tell = () => (this.#inside = focus || pointer)
    const on: [string, () => void][] = [
      ['focusin', () => ((focus = true), tell())],
      ['focusout', () => queueMicrotask(() => ((focus = list.contains(document.activeElement)), tell()))],
      ['pointerenter', () => ((pointer = true), tell())],
      ['pointerleave', () => ((pointer = false), tell())],
    ]
    for (const [name, does] of on) list.addEventListener(name, does)
    return () => {
      for (const [name, does] of on) list.removeEventListener(name, does)
      this.#inside = false
    }
  }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, at) => id === b[at])
}
