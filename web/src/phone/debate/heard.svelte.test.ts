// What a person hears who does not see the screen: turns, milestones, points and places are announced, and a virtual screen
// reader finds the keys that belong to them.
import { virtual } from '@guidepup/virtual-screen-reader'
import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import common from '../../i18n/en/common.json'
import debateWords from '../../i18n/en/debate_words.json'
import phone from '../../i18n/en/phone.json'
import words from '../../i18n/en/phone_debate.json'
import { install } from '../../i18n/index.svelte.ts'
import { prepareAnnouncer } from '../../lib/announce.ts'
import type { Clock, Command, Floor, FloorDebate, FloorDiscussion, Mine, MyDebate, MyDiscussion } from '../../wire/index.ts'
import type { Page } from '../page.svelte.ts'
import Screen from './Screen.svelte'
import { Talk } from './talk.svelte.ts'

const START = 1_000_000
const TIMERS = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'requestAnimationFrame', 'Date'] as const

const clock: Clock = { state: 'ready', spent: 0, length: 180_000, rate: 1_000_000_000, bells: [{ at: 60_000, rings: 1, phase: 'points-allowed' }, { at: 120_000, rings: 1, phase: 'warning' }, { at: 180_000, rings: 2, phase: 'overtime' }] }
const side = (id: string, name: string): FloorDebate['format']['sides'][number] => ({ id, name, names: {} })
const debate: FloorDebate = {
  format: {
    id: 'f', name: 'F', names: {}, counts: 'down', speakers: 2, sides: [side('proposition', 'Proposition'), side('opposition', 'Opposition')], phases: {}, points_from_seats: true,
    segments: [{ name: 'First speech', names: {}, kind: 'speech', owner: 'proposition', place: 1 }, { name: 'Second speech', names: {}, kind: 'speech', owner: 'opposition', place: 1 }],
  },
  motion: 'A second teacher in every class', stage: 'segment', segment: 0, clock, speaking: { segment: 0, side: 'proposition', place: 1, name: 'Nika' }, next: { segment: 1, side: 'opposition', place: 1 },
  sides: { proposition: { team: 'Lyceum 6', team_id: 'one', speakers: { 1: 'Nika' }, free: [2] }, opposition: { team: 'School 20', team_id: 'two', speakers: {}, free: [] } },
  banks: {}, free: {}, points: {}, rings: 'stage', voted: {},
}
const nothing = { questions: {}, works: {}, groups: {}, reports: {}, discussions: {}, debates: {}, here: 9, asked: 0, listed: 0, merged: 0, dismissed: 0 }
const floorOf = (kind: 'debate' | 'discussion', more: Partial<Floor>): Floor => ({
  meeting: { title: 'T', code: '473096', state: 'live', stage: 'd' }, agenda: { d: { kind, title: 'The talk', state: 'open', rank: 1 } }, ...nothing, ...more,
})
const mineOf = (more: Partial<Mine>): Mine => ({ votes: {}, questions: {}, groups: {}, dots: {}, discussions: {}, debates: {}, ...more })
const my = (more: Partial<MyDebate>): Mine => mineOf({ debates: { d: { offers: {}, motions: {}, votes: {}, ...more } } })

class PretendLink {
  floor = $state.raw<Floor>(floorOf('debate', { debates: { d: debate } }))
  mine = $state.raw<Mine>(mineOf({}))
  mineUnnamed = undefined
  status = 'live'
  seat = { meeting: 'm', seat: 's', token: 't' }
  own = { list: [] }
  unnamed = { list: [] }
  sent: Command[] = []
  now = (): number => Date.now()
  ping = (): void => undefined
  send(wish: Command) {
    this.sent.push(wish)
    return { wish, state: 'ok', done: Promise.resolve(undefined) }
  }
}

let link: PretendLink
let page: Page
let end: () => void
let target: HTMLElement

beforeEach(() => {
  vi.useFakeTimers({ now: START, toFake: [...TIMERS] })
  localStorage.clear()
  install('en', { ...common, ...phone, ...debateWords, ...words })
  prepareAnnouncer()
  for (const region of document.querySelectorAll('[aria-live]')) region.textContent = ''
  target = document.createElement('div')
  document.body.append(target)
  link = new PretendLink()
  page = {
    link, work: 'd', wantedWork: 'd', get works() { return Object.entries(link.floor.agenda) }, kind: (id: string) => link.floor.agenda[id]?.kind, bar: undefined, touch: () => undefined,
  } as unknown as Page
})
afterEach(() => {
  end()
  target.remove()
  vi.useRealTimers()
})

function sit(): void {
  end = $effect.root(() => {
    const talk = new Talk(page)
    page.talk = talk
    const leave = talk.start()
    return () => leave()
  })
  flushSync()
}
const live = (kind: string): string => document.querySelector(`[aria-live=${kind}]`)!.textContent
const pass = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms)
  flushSync()
}
const become = async (mine: Mine, floor?: Floor): Promise<void> => {
  link.mine = mine
  if (floor) link.floor = floor
  flushSync()
  await pass(400)
}
const running = (spent = 0): Floor => floorOf('debate', { debates: { d: { ...debate, clock: { ...clock, state: 'running', spent, since: Date.now() } } } })

/** Everything a reader meets from top to bottom. */
async function heard(): Promise<string> {
  vi.useRealTimers()
  await virtual.start({ container: target })
  for (let step = 0; step < 160 && (await virtual.lastSpokenPhrase()) !== 'end of document'; step++) await virtual.next()
  const log = await virtual.spokenPhraseLog()
  await virtual.stop()
  vi.useFakeTimers({ now: START, toFake: [...TIMERS] })
  return log.join(' | ')
}

test('whoever comes next and then has the floor is told so at once', async () => {
  sit()
  await become(my({ side: 'opposition', place: 1, next: true }))
  expect(live('assertive')).toBe('You speak next.')
  await become(my({ side: 'opposition', place: 1, speaking: true }))
  expect(live('assertive')).toBe('You are speaking now.')
})

test('the six milestones are said once each, the end at once to whoever speaks', async () => {
  link.mine = my({ side: 'proposition', place: 1, speaking: true })
  link.floor = running()
  sit()
  const said: string[] = []
  for (let second = 0; second < 215; second++) {
    await pass(1_000)
    for (const kind of ['polite', 'assertive']) if (live(kind) && live(kind) !== said.filter((one) => one.startsWith(kind)).pop()?.slice(kind.length + 1)) said.push(`${kind} ${live(kind)}`)
  }
  expect(said.filter((one) => !/speaking now/.test(one))).toEqual([
    'polite Half of the time is over.', 'polite One minute left.', 'polite 30 seconds left.', 'polite 10 seconds left.', 'assertive Time is up.', 'polite 30 seconds over.',
  ])
})

test('a page that opens late says no milestone that has passed', async () => {
  link.floor = running(150_500)
  sit()
  await pass(5_000)
  expect(live('polite')).toBe('')
})

test('a point offered is said at once, and two keys of equal rank answer it', async () => {
  link.mine = my({ side: 'proposition', place: 1, speaking: true })
  link.floor = running()
  sit()
  const screen = mount(Screen, { target, props: { page, more: () => undefined } })
  flushSync()
  await pass(500)
  await become(my({ side: 'proposition', place: 1, speaking: true, offers: { opposition: START } }))
  expect(live('assertive')).toBe('Opposition offers a point. Yes, or not now?')
  const keys = [...target.querySelectorAll('button')].map((one) => one.textContent)
  expect(keys.slice(-2)).toEqual(['Yes', 'Not now'])
  target.querySelector<HTMLButtonElement>('footer button')!.click()
  expect(link.sent.at(-1)).toEqual({ answer_point: { activity: 'd', take: true } })
  await unmount(screen)
})

test('an opponent hears when points may be offered, and the key is there', async () => {
  link.mine = my({ side: 'opposition', place: 1, may_offer: true })
  link.floor = running(55_000)
  sit()
  const screen = mount(Screen, { target, props: { page, more: () => undefined } })
  flushSync()
  expect(target.querySelector('footer')!.hidden).toBe(true)
  await pass(6_000)
  expect(live('polite')).toBe('You can offer a point now.')
  target.querySelector<HTMLButtonElement>('footer button')!.click()
  expect(link.sent.at(-1)).toEqual({ offer_point: { activity: 'd' } })
  await unmount(screen)
})

test('an opponent hears that the point was taken, or that it was not', async () => {
  link.mine = my({ side: 'opposition', place: 1, may_offer: true })
  link.floor = running()
  sit()
  await become(my({ side: 'opposition', place: 1, offered: START }))
  await become(my({ side: 'opposition', place: 1, may_offer: true }))
  expect(live('polite')).toBe('Not now. You can offer again.')
  await become(my({ side: 'opposition', place: 1, offered: START }))
  await become(my({ side: 'opposition', place: 1 }), floorOf('debate', { debates: { d: { ...debate, point: { side: 'opposition', clock: { ...clock, length: 15_000, bells: [] } } } } }))
  expect(live('assertive')).toBe('Your point. Speak now.')
})

test('ending a speech without holding asks once more', async () => {
  link.mine = my({ side: 'proposition', place: 1, speaking: true })
  link.floor = running()
  sit()
  const screen = mount(Screen, { target, props: { page, more: () => undefined } })
  flushSync()
  target.querySelector<HTMLButtonElement>('#hold-key')!.click()
  flushSync()
  await pass(100)
  expect(link.sent).toEqual([])
  expect(live('polite')).toBe('End your speech now?')
  expect(document.activeElement?.id).toBe('hold-yes')
  document.querySelector<HTMLButtonElement>('#hold-yes')!.click()
  expect(link.sent).toEqual([{ end_my_speech: { activity: 'd' } }])
  await unmount(screen)
})

test('holding the key ends the speech, letting go early does not', async () => {
  link.mine = my({ side: 'proposition', place: 1, speaking: true })
  sit()
  const screen = mount(Screen, { target, props: { page, more: () => undefined } })
  flushSync()
  const key = target.querySelector<HTMLButtonElement>('#hold-key')!
  const touch = (kind: string): boolean => key.dispatchEvent(new PointerEvent(kind, { button: 0, bubbles: true }))
  touch('pointerdown')
  await pass(400)
  touch('pointerup')
  await pass(2_000)
  expect(link.sent).toEqual([])
  touch('pointerdown')
  await pass(1_000)
  touch('pointerup')
  expect(link.sent).toEqual([{ end_my_speech: { activity: 'd' } }])
  await unmount(screen)
})

const hands = (place: number, why: 'first_come' | 'first_time' = 'first_come'): Mine => mineOf({ discussions: { d: { hands: { ordinary: { hand: 4, place, why } } } satisfies MyDiscussion } })
const discussion: FloorDiscussion = { order: 'first_timers', hands: 4, line: { 1: { hand: 2, name: 'Nika', kind: 'ordinary' } }, speaking: { hand: 1, name: 'Aysel', kind: 'ordinary', clock: { ...clock, state: 'running', since: START, bells: [] } } }

test('the place in line is said when it changes, with its reason on the screen', async () => {
  link.floor = floorOf('discussion', { discussions: { d: discussion } })
  sit()
  await become(hands(4, 'first_time'))
  expect(live('polite')).toBe('You are 4th in line.')
  await become(hands(3, 'first_time'))
  expect(live('polite')).toBe('You are 3rd in line.')
  const screen = mount(Screen, { target, props: { page, more: () => undefined } })
  flushSync()
  const log = await heard()
  for (const said of ['You are 3rd in line.', 'You have not spoken yet, so you come before those who have.', 'Aysel', 'timer', 'Nika', 'button, Lower my hand']) expect(log).toContain(said)
  await unmount(screen)
  await become(hands(1))
  expect(live('assertive')).toBe('You speak next.')
})

test('interrupted by a direct reply one waits, and hears when one goes on', async () => {
  const mine = mineOf({ discussions: { d: { hands: { ordinary: { hand: 1, speaking: true } } } } })
  link.floor = floorOf('discussion', { discussions: { d: { ...discussion, speaking: { ...discussion.speaking!, hand: 1 } } } })
  sit()
  await become(mine)
  expect(live('assertive')).toBe('You are speaking now.')
  await become(mine, floorOf('discussion', { discussions: { d: { ...discussion, speaking: { ...discussion.speaking!, hand: 7, kind: 'reply' }, interrupted: { ...discussion.speaking!, hand: 1 } } } }))
  expect(page.talk!.speaking).toBe(false)
  expect(page.talk!.sentence).toBe('You are interrupted for a moment. You go on afterwards.')
  document.querySelector('[aria-live=assertive]')!.textContent = ''
  await become(mine, floorOf('discussion', { discussions: { d: { ...discussion, speaking: { ...discussion.speaking!, hand: 1 } } } }))
  expect(live('assertive')).toBe('You are speaking now.')
})

test('an offered point fades by itself, also without a word of the server', async () => {
  link.mine = my({ side: 'proposition', place: 1, speaking: true, offers: { opposition: START } })
  link.floor = running()
  sit()
  await pass(9_000)
  expect(page.talk!.offers).toEqual(['opposition'])
  await pass(1_100)
  expect(page.talk!.offers).toEqual([])
})

test('the page of a debate can be walked through by ear', async () => {
  link.floor = floorOf('debate', { debates: { d: { ...debate, vote: 'before' } } })
  sit()
  const screen = mount(Screen, { target, props: { page, more: () => undefined } })
  flushSync()
  const log = await heard()
  for (const said of ['A second teacher in every class', 'For the motion', 'Not sure yet', 'Nobody can read who voted what.', 'Nika', 'Proposition', 'timer', 'button, I speak here']) expect(log).toContain(said)
  await unmount(screen)
})
