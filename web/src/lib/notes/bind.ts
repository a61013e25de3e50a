// Joins a plain <textarea> to shared notes: what is typed goes in as the least change, what others write comes out without moving the
// caret, the selection or the page. Never takes the focus, never touches the text while a word is being composed.
import { changeOf, endOf, placeAfter, type Step } from './change.ts'
import type { By, SharedText } from './shared.ts'

/** Who composes and does not type for so long is only looking (Android composes every word until the next space). */
const COMPOSING_MS = 8_000
/** "Somebody else is writing" is said at most so often. */
const OTHERS_MS = 15_000

export interface Binding {
  /** The pen: who has it not reads along. */
  readonly(on: boolean): void
  undo(): void
  redo(): void
  destroy(): void
}

export interface Wishes {
  /** The longest text, in UTF-16 units: what a paste is cut to. */
  longest?: number
  readonly?: boolean
  /** Others changed the text: for a polite live region. Called at most every 15 s. */
  onOthers?: () => void
}

export function bindTextarea(area: HTMLTextAreaElement, shared: SharedText, { longest, readonly = false, onOthers }: Wishes = {}): Binding {
  let composing = false
  let idle: ReturnType<typeof setTimeout> | undefined
  let reading = false
  let said = -Infinity
  /** What stands in the textarea; equal to the shared text whenever no event is under way. */
  let shown = ''

  const show = (steps: readonly Step[], by: By): void => {
    const { selectionStart: start, selectionEnd: end, selectionDirection, scrollTop, scrollLeft } = area
    const focused = area.ownerDocument.activeElement === area
    area.value = shown = shared.text
    area.scrollTop = scrollTop
    area.scrollLeft = scrollLeft
    if (!focused) return // some browsers give the focus to what is selected
    if (by === 'undo') {
      const place = endOf(steps)
      area.setSelectionRange(place, place)
    } else {
      area.setSelectionRange(placeAfter(start, steps, start === end ? 'stays' : 'gives'), placeAfter(end, steps, 'stays'), selectionDirection ?? 'none')
    }
  }

  const read = (): void => {
    const change = changeOf(shown, area.value, area.selectionEnd)
    if (!change) return
    shown = area.value
    reading = true
    shared.edit(change)
    reading = false
  }

  const settle = (): void => {
    clearTimeout(idle)
    if (!composing) return
    composing = false
    read()
    shared.hold(false)
  }

  const wait = (): void => {
    clearTimeout(idle)
    idle = setTimeout(settle, COMPOSING_MS)
  }

  const back = (): void => {
    if (!composing && !area.readOnly) shared.undo()
  }
  const forth = (): void => {
    if (!composing && !area.readOnly) shared.redo()
  }

  const compose = (): void => {
    composing = true
    shared.hold(true)
    wait()
  }

  const hear: { [Name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Name]) => void } = {
    input: (event) => {
      // The browser's own mark: it went on composing after we took it for done.
      if (!composing && (event as InputEvent).isComposing) compose()
      if (composing) wait()
      read()
    },
    compositionstart: compose,
    compositionend: settle,
    blur: settle,
    keydown: (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return
      const is = (letter: string): boolean => event.key.toLowerCase() === letter || (event.key > '~' && event.code === `Key${letter.toUpperCase()}`)
      if (is('z')) (event.shiftKey ? forth : back)()
      else if (is('y') && !event.shiftKey) forth()
      else return
      event.preventDefault()
    },
    // Undo of the menu, of a shaken phone: the browser's own history knows nothing of the others.
    beforeinput: (event) => {
      const { inputType } = event as InputEvent
      if (inputType === 'historyUndo') back()
      else if (inputType === 'historyRedo') forth()
      else return
      event.preventDefault()
    },
  }

  const stop = shared.watch((steps, by) => {
    if (reading) return // it stands there already
    show(steps, by)
    if (by === 'others' && onOthers && Date.now() - said >= OTHERS_MS) {
      said = Date.now()
      onOthers()
    }
  })
  for (const [name, ear] of Object.entries(hear)) area.addEventListener(name, ear as EventListener)
  if (longest !== undefined) area.maxLength = longest
  area.readOnly = readonly
  area.value = shown = shared.text

  return {
    readonly: (on) => {
      if (on) settle()
      area.readOnly = on
    },
    undo: back,
    redo: forth,
    destroy: () => {
      settle()
      stop()
      for (const [name, ear] of Object.entries(hear)) area.removeEventListener(name, ear as EventListener)
    },
  }
}
