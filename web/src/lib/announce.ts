// What a screen reader hears. Two regions of the page stand empty from the start; texts are put in later.
// Own acts are said at once, what others do at most every five seconds and only the last of it; counts never.

const OTHERS_MS = 5_000
const AGAIN_MS = 60

let polite: HTMLElement | undefined
let assertive: HTMLElement | undefined
let waiting: string | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let last = -Infinity

function region(kind: 'polite' | 'assertive'): HTMLElement {
  const made = document.createElement('div')
  made.className = 'vh'
  made.setAttribute('aria-live', kind)
  made.setAttribute('role', kind === 'polite' ? 'status' : 'alert')
  document.body.append(made)
  return made
}

/** Puts the empty regions into the page; call once before anything is to be said. */
export function prepareAnnouncer(): void {
  polite ??= region('polite')
  assertive ??= region('assertive')
}

function say(where: HTMLElement | undefined, text: string): void {
  if (!where) return
  // The same words twice are only heard twice when the region was empty in between.
  where.textContent = ''
  setTimeout(() => (where.textContent = text), AGAIN_MS)
}

/** What the person did themselves: "Sent." */
export function announce(text: string): void {
  say(polite, text)
}

/** What others did: "3 new questions". Later words replace those still waiting. */
export function announceOthers(text: string, now = Date.now()): void {
  waiting = text
  clearTimeout(timer)
  timer = setTimeout(() => {
    last = Date.now()
    if (waiting) say(polite, waiting)
    waiting = undefined
  }, Math.max(0, last + OTHERS_MS - now))
}

/** Only for "You have the floor", "Time is up", "Please look up". */
export function announceNow(text: string): void {
  say(assertive, text)
}
