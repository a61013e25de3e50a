// A list that does not move under a reader's finger or focus. While somebody is in it, what it shows stays as it
// stood; the difference is offered ("Show 4 new"), but for what only comes behind the last one. Knows ids alone.

/** How long a mouse that rests on the list still counts as a hand. */
const RESTS_MS = 2_500
/** For how long after a card left, a second click does not fall on what came in its place. */
const SETTLES_MS = 350
/** How long a view may take to follow an answer. */
const GONE_MS = 2_000

export class Steady {
  /** The ids as they are shown. */
  shown = $state.raw<string[]>([])
  #wanted: () => string[]
  #inside = $state(false)
  #list: HTMLElement | undefined
  #pointer = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #dropped = -Infinity
  #last: readonly [x: number, y: number] = [0, 0]
  /** What was dealt with here and is still wanted, because the answer travels faster than the view. */
  #gone = $state.raw<ReadonlySet<string>>(new Set())

  /** `wanted` reads the ids as they should stand. `append`: what is new goes to the end at once, wherever it belongs later. */
  constructor(wanted: () => readonly string[], additions: 'append' | 'wait' = 'wait') {
    this.#wanted = () => wanted().filter((id) => !this.#gone.has(id))
    $effect.pre(() => {
      const next = this.#wanted()
      const now = this.shown
      if (!this.#inside || same(next.slice(0, now.length), now)) {
        if (!same(next, now)) this.shown = next
      } else if (additions === 'append') {
        const fresh = next.filter((id) => !now.includes(id))
        if (fresh.length) this.shown = [...now, ...fresh]
      }
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
    this.#dropped = performance.now()
    this.#gone = new Set([...this.#gone, id])
    this.shown = this.shown.filter((one) => one !== id)
    setTimeout(this.#look, 0)
    setTimeout(() => (this.#gone = new Set([...this.#gone].filter((one) => one !== id))), GONE_MS)
  }

  /** For the list's element: notices focus and pointer. */
  watch = (list: HTMLElement) => {
    this.#list = list
    const on: [string, (event: Event) => void][] = [
      ['focusin', this.#look],
      ['focusout', () => queueMicrotask(this.#look)],
      ['pointerenter', this.#touched],
      ['pointermove', this.#touched],
      ['pointerdown', this.#touched],
      ['pointerleave', this.#left],
    ]
    for (const [name, does] of on) list.addEventListener(name, does)
    list.addEventListener('click', this.#late, true)
    return () => {
      for (const [name, does] of on) list.removeEventListener(name, does)
      list.removeEventListener('click', this.#late, true)
      clearTimeout(this.#timer)
      this.#list = undefined
      this.#pointer = this.#inside = false
    }
  }

  #look = (): void => {
    this.#inside = this.#pointer || Boolean(this.#list?.contains(document.activeElement))
  }

  #touched = (): void => {
    this.#pointer = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#left, RESTS_MS)
    this.#look()
  }

  #left = (): void => {
    this.#pointer = false
    clearTimeout(this.#timer)
    this.#look()
  }

  #late = (click: Event): void => {
    const { detail, clientX, clientY } = click as MouseEvent
    const [x, y] = this.#last
    this.#last = [clientX, clientY]
    const again = detail > 0 && Math.abs(clientX - x) + Math.abs(clientY - y) < 40
    if (!again || performance.now() - this.#dropped > SETTLES_MS) return
    click.stopPropagation()
    click.preventDefault()
  }
}

/** What stands behind an id, or else before it. */
export function following(ids: readonly string[], id: string): string | undefined {
  const at = ids.indexOf(id)
  return ids[at + 1] ?? ids[at - 1]
}

/** Whether the person in a list works by keyboard: then reading goes on at the next card. A sheet that just closed counts. */
export function worksByKey(list: HTMLElement | undefined): boolean {
  const at = document.activeElement
  return Boolean(at && (at === document.body || list?.contains(at)) && (at === document.body || at.matches(':focus-visible')))
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, at) => id === b[at])
}
