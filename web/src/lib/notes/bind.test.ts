import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Doc, encodeStateAsUpdate, type Text } from 'yjs'
import { bindTextarea, type Binding, type Wishes } from './bind.ts'
import { toText } from './base64.ts'
import { SharedText } from './shared.ts'

let area: HTMLTextAreaElement
let shared: SharedText
let binding: Binding
let theirs: Doc
let key = 0

beforeEach(() => {
  localStorage.clear()
  vi.useFakeTimers()
  theirs = new Doc()
  key = 0
  area = document.createElement('textarea')
  document.body.replaceChildren(area)
})
afterEach(() => {
  binding.destroy()
  vi.useRealTimers()
})

/** What others write. */
function others(write: (text: Text) => void): void {
  write(theirs.getText('notes'))
  shared.receive({ [++key]: toText(encodeStateAsUpdate(theirs)) })
}

function begin(text: string, wishes?: Wishes): void {
  const store = { get: async () => undefined, set: async () => {}, drop: async () => {} }
  shared = new SharedText({ place: 'm.g', store, connected: false, send: () => Promise.reject(new Error()) })
  others((begun) => begun.insert(0, text))
  binding = bindTextarea(area, shared, wishes)
  area.focus()
}

/** What a person does: `|` marks the caret, `[` and `]` a selection. */
function stand(marked: string): void {
  const text = marked.replace(/[|[\]]/g, '')
  expect(area.value).toBe(text)
  const caret = marked.indexOf('|')
  if (caret >= 0) area.setSelectionRange(caret, caret)
  else area.setSelectionRange(marked.indexOf('['), marked.indexOf(']') - 1)
}

function marked(): string {
  const { value, selectionStart: start, selectionEnd: end } = area
  return start === end ? `${value.slice(0, start)}|${value.slice(start)}` : `${value.slice(0, start)}[${value.slice(start, end)}]${value.slice(end)}`
}

/** The browser's part of typing. */
function type(put: string, { composing = false, cut = 0 } = {}): void {
  const { selectionStart: start, selectionEnd: end, value } = area
  const from = start === end ? start - cut : start
  area.value = value.slice(0, from) + put + value.slice(end)
  area.setSelectionRange(from + put.length, from + put.length)
  area.dispatchEvent(Object.assign(new Event('input'), { isComposing: composing }))
}

const press = (name: string, more: KeyboardEventInit = {}): boolean =>
  area.dispatchEvent(new KeyboardEvent('keydown', { key: name, ctrlKey: true, cancelable: true, ...more }))

describe('typing', () => {
  test('goes in where the caret is', () => {
    begin('məktb')
    stand('mək|tb')
    type('🌳')
    expect([shared.text, marked()]).toEqual(['mək🌳tb', 'mək🌳|tb'])
    type('', { cut: 2 })
    expect(shared.text).toBe('məktb')
  })

  test('merges with what others write in another place', () => {
    begin('აბ')
    others((text) => text.insert(2, ' გდ'))
    stand('აბ| გდ')
    type('!')
    others((text) => text.insert(0, '«'))
    expect(marked()).toBe('«აბ!| გდ')
  })
})

test('what another part of the page puts in stands there too', () => {
  begin('one')
  stand('o|ne')
  shared.edit({ at: 0, cut: 0, put: '- ' })
  expect(marked()).toBe('- o|ne')
})

describe('what others write', () => {
  test.each<[string, string, (text: Text) => void, string]>([
    ['before the caret', 'one| two', (text) => text.insert(0, 'ə '), 'ə one| two'],
    ['behind the caret', 'one| two', (text) => text.insert(7, '!'), 'one| two!'],
    ['exactly at the caret', 'one| two', (text) => text.insert(3, '!'), 'one|! two'],
    ['over the caret', 'one| two', (text) => text.delete(1, 4), 'o|wo'],
    ['inside a selection', '[one two]', (text) => text.insert(3, ','), '[one, two]'],
    ['at the edges of a selection', 'a [one] b', (text) => { text.insert(5, '>'); text.insert(2, '<') }, 'a <[one]> b'],
    ['an emoji before the caret', 'one |two', (text) => text.insert(1, '👨‍👩‍👧'), 'o👨‍👩‍👧ne |two'],
    ['everything away', 'one| two', (text) => text.delete(0, 7), '|'],
  ])('%s keeps the caret', (_, before, write, after) => {
    begin(before.replace(/[|[\]]/g, ''))
    stand(before)
    others(write)
    expect(marked()).toBe(after)
  })

  test('keeps the page where it is and takes no focus', () => {
    begin('one\ntwo')
    area.scrollTop = 40
    area.blur()
    const focus = vi.spyOn(area, 'focus')
    const select = vi.spyOn(area, 'setSelectionRange')
    others((text) => text.insert(0, 'zero\n'))
    expect([area.value, area.scrollTop]).toEqual(['zero\none\ntwo', 40])
    expect(document.activeElement).not.toBe(area)
    expect(focus).not.toHaveBeenCalled()
    expect(select).not.toHaveBeenCalled()
  })

  test('is said, but not every time, and not what stood there already', () => {
    const onOthers = vi.fn()
    begin('one', { onOthers })
    expect(onOthers).not.toHaveBeenCalled()
    for (const sign of 'abc') others((text) => text.insert(0, sign))
    expect(onOthers).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(15_000)
    others((text) => text.insert(0, 'd'))
    expect(onOthers).toHaveBeenCalledTimes(2)
    type('mine')
    vi.advanceTimersByTime(15_000)
    expect(onOthers).toHaveBeenCalledTimes(2)
  })
})

describe('composing', () => {
  test('a word is not touched until it is done; then both are there', () => {
    begin('a z')
    stand('a |z')
    area.dispatchEvent(new Event('compositionstart'))
    type('ş', { composing: true })
    others((text) => text.insert(0, 'others '))
    expect(area.value).toBe('a şz')
    type('şə', { composing: true, cut: 1 })
    expect([area.value, shared.text]).toEqual(['a şəz', 'a şəz'])
    area.dispatchEvent(new Event('compositionend'))
    expect(marked()).toBe('others a şə|z')
  })

  test('what changes with the end of the composition is read too', () => {
    begin('')
    area.dispatchEvent(new Event('compositionstart'))
    type('n', { composing: true })
    area.value = '日'
    area.setSelectionRange(1, 1)
    area.dispatchEvent(new Event('compositionend'))
    expect(shared.text).toBe('日')
  })

  test('who only looks gets the words of others after a while, and may go on', () => {
    begin('a')
    stand('a|')
    area.dispatchEvent(new Event('compositionstart'))
    type('b', { composing: true })
    others((text) => text.insert(0, '1'))
    vi.advanceTimersByTime(8_000)
    expect(marked()).toBe('1ab|')
    type('c', { composing: true })
    others((text) => text.insert(0, '2'))
    expect(area.value).toBe('1abc')
    area.dispatchEvent(new Event('blur'))
    expect(area.value).toBe('21abc')
  })
})

describe('undo', () => {
  test('by keys, of every layout, takes back only own words', () => {
    begin('theirs')
    stand('theirs|')
    type(' mine')
    others((text) => text.insert(0, 'more '))
    expect(press('z')).toBe(false)
    expect(marked()).toBe('more theirs|')
    expect(press('Z', { shiftKey: true })).toBe(false)
    expect(marked()).toBe('more theirs mine|')
    press('ზ', { code: 'KeyZ' })
    expect(area.value).toBe('more theirs')
    press('y', { ctrlKey: false, metaKey: true })
    expect(area.value).toBe('more theirs mine')
    expect(press('c')).toBe(true)
  })

  test('of the menu is ours as well', () => {
    begin('')
    type('mine')
    const event = Object.assign(new Event('beforeinput', { cancelable: true }), { inputType: 'historyUndo' })
    area.dispatchEvent(event)
    expect([area.value, event.defaultPrevented]).toEqual(['', true])
  })
})

test('without the pen one reads along', () => {
  begin('one', { readonly: true, longest: 10_000 })
  expect([area.readOnly, area.maxLength]).toEqual([true, 10_000])
  others((text) => text.insert(3, ' two'))
  expect(area.value).toBe('one two')
  binding.readonly(false)
  stand('one two|')
  type('!')
  binding.readonly(true)
  binding.undo()
  expect(area.value).toBe('one two!')
})

test('after leaving nothing happens any more', () => {
  begin('one')
  binding.destroy()
  others((text) => text.insert(0, 'x'))
  type('y')
  expect(area.value).not.toContain('x')
  expect(shared.text).toBe('xone')
})
