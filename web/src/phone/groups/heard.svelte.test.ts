// What a person hears who does not see the screen: a virtual screen reader goes through the pages of a table.
import { virtual } from '@guidepup/virtual-screen-reader'
import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import common from '../../i18n/en/common.json'
import words from '../../i18n/en/phone_groups.json'
import phone from '../../i18n/en/phone.json'
import signs from '../../i18n/en/signs.json'
import { install } from '../../i18n/index.svelte.ts'
import { prepareAnnouncer } from '../../lib/announce.ts'
import type { Command, Floor, GroupView, Mine } from '../../wire/index.ts'
import type { Page } from '../page.svelte.ts'
import Groups from './Groups.svelte'
import HoldUp from './HoldUp.svelte'
import { Work } from './work.svelte.ts'

const START = 1_000_000

const view: GroupView = {
  group: { activity: 'w', number: 3, place: 'by the window', task: 'Name three barriers.', round: 1, rounds: 1, ends_at: START + 121_500 },
  members: { 1: {}, 2: { name: 'Nika' }, 3: {}, 4: {}, 5: {} }, duties: { reporter: 1, scribe: 2 }, lines: {}, cards: {}, letters: {}, notes: {},
}
const floor = {
  meeting: { title: 'T', code: '473096', state: 'live', stage: 'w' }, agenda: { w: { kind: 'groups', title: 'Group work', state: 'open', rank: 1 } }, questions: {},
  works: { w: { how: 'mixed', state: 'working', tables: 4, people: 20, round: 1, rounds: 1, turn_s: 120, reported: 0 } }, groups: {}, reports: {}, discussions: {}, debates: {}, here: 20, asked: 0, listed: 0, merged: 0, dismissed: 0,
} satisfies Floor

class PretendLink {
  floor = $state.raw<Floor>(floor)
  mine = $state.raw<Mine>({ discussions: {}, debates: {}, groups: { w: { group: 'g', place: 1 } }, dots: {} })
  docs = $state.raw<Record<string, unknown>>({ 'group/g': view })
  status = 'live'
  seat = { meeting: 'm', seat: 's' }
  own = { list: [] }
  sent: Command[] = []
  follow = (): void => undefined
  unfollow = (): void => undefined
  now = (): number => Date.now()
  send(wish: Command) {
    this.sent.push(wish)
    return { wish, state: 'ok', done: Promise.resolve(undefined) }
  }
  table(group: Partial<GroupView['group']>, letters: GroupView['letters'] = {}): void {
    const now = this.docs['group/g'] as GroupView
    this.docs = { 'group/g': { ...now, group: { ...now.group, ...group }, letters } }
    flushSync()
  }
}

let link: PretendLink
let work: Work
let end: () => void
let target: HTMLElement

beforeEach(() => {
  vi.useFakeTimers({ now: START, toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  localStorage.clear()
  install('en', { ...common, ...phone, ...words, ...signs })
  prepareAnnouncer()
  target = document.createElement('div')
  document.body.append(target)
  link = new PretendLink()
  const page = { link, work: 'w', anyWork: 'w', works: [], kind: () => 'groups', bar: undefined, isRead: () => false, touch: () => undefined, goThere: () => undefined } as unknown as Page
  end = $effect.root(() => {
    work = new Work(page)
    page.table = work
    const leave = work.start()
    return () => leave()
  })
})
afterEach(() => {
  end()
  target.remove()
  vi.useRealTimers()
})

const live = (kind: string): string => document.querySelector(`[aria-live=${kind}]`)!.textContent
const pass = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms)
  flushSync()
}
/** Everything a reader meets from top to bottom. */
async function heard(): Promise<string[]> {
  vi.useRealTimers()
  await virtual.start({ container: target })
  for (let step = 0; step < 120 && (await virtual.lastSpokenPhrase()) !== 'end of document'; step++) await virtual.next()
  const log = await virtual.spokenPhraseLog()
  await virtual.stop()
  vi.useFakeTimers({ now: START, toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  return log
}

test('the table is said once and at once, and the sign says the same', async () => {
  flushSync()
  await pass(500)
  expect(live('assertive')).toMatch(/^You are at table 3, .+, with 4 others, by the window\. You report back\.$/)
  const sign = mount(HoldUp, { target, props: { work } })
  flushSync()
  const log = (await heard()).join(' | ')
  expect(log).toContain('Table 3')
  expect(log).toContain('You report back.')
  expect(log).toContain('button, I am there')
  await unmount(sign)
})

test('the page of a table can be walked through by ear', async () => {
  work.arrive()
  flushSync()
  const screen = mount(Groups, { target, props: { page: work.page, more: () => undefined } })
  flushSync()
  const log = (await heard()).join(' | ')
  for (const said of ['timer', 'Your task', 'Name three barriers.', 'You report back.', 'Writes the notes:', 'Nika', 'button, We need help', 'button, We are ready, not pressed']) expect(log).toContain(said)
  await unmount(screen)
})

test('warnings, letters and the answer to a call are announced', async () => {
  work.arrive()
  flushSync()
  await pass(2_200)
  expect(live('polite')).toBe('2 minutes left.')
  await pass(60_000)
  expect(live('polite')).toBe('1 minute left.')
  link.table({ help: { at: START, call: 'help' } })
  link.table({ help: { at: START, call: 'help', visited: true } })
  await pass(100)
  expect(live('polite')).toBe('Somebody is coming.')
  link.table({}, { l: { text: 'Coffee is at four.', at: START } })
  await pass(100)
  expect(live('polite')).toBe('From the facilitator: Coffee is at four.')
  await pass(60_000)
  expect(live('assertive')).toBe('Time is up.')
})
