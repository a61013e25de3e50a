// What this phone knows of discussions and debates, what it says aloud of them, and what it sends. No rule of the meeting.
import { untrack } from 'svelte'
import { refusalText, t } from '../../i18n/index.svelte.ts'
import { announce, announceNow } from '../../lib/announce.ts'
import { stayAwake } from '../../lib/awake.ts'
import { Flasher, shake } from '../../lib/bells.ts'
import type { Milestone } from '../../lib/debate/clock.ts'
import { LiveClock } from '../../lib/debate/live.svelte.ts'
import { tune } from '../../lib/debate/tune.ts'
import { milestoneText, sideName } from '../../lib/debate/words.ts'
import type { Link } from '../../lib/link/link.svelte.ts'
import type { Sending } from '../../lib/outbox/outbox.svelte.ts'
import type { Clock, ClockBell, Command, FloorDebate, FloorDiscussion, MyDebate, MyDiscussion, VoteRound } from '../../wire/index.ts'
import { Hand } from '../discussion/hand.svelte.ts'
import { nearest } from '../nearest.ts'
import type { Page } from '../page.svelte.ts'
import { Sheet } from './judge/sheet.svelte.ts'
import { UNDECIDED } from './sides.ts'
import { debateSentence, discussionSentence, myPlace, nearestHand, ordinal } from './words.ts'

/** What one switches between. */
export type Part = 'debate' | 'ballot'
type Key = Parameters<typeof t>[0]
interface Turn { activity: string; is: 'next' | 'speaking'; key: string }

/** Documents that belong together come in pieces: what is said of them waits a moment. */
const TOGETHER_MS = 300
/** The lectern view comes so long before the turn. */
const SOON_MS = 30_000
/** How long an offered point stands. */
const OFFER_MS = 10_000
const TURNED = '(orientation: landscape) and (max-height: 500px)'

export class Talk {
  readonly page: Page
  readonly link: Link
  readonly hand: Hand
  readonly sheet: Sheet
  part = $state.raw<Part | 'claim' | undefined>()
  problem = $state.raw('')
  /** A bell has just rung. */
  flash = $state.raw(false)
  /** The lectern view, wished by the person. */
  atLectern = $state.raw(false)
  /** The phone lies on its side. */
  turned = $state.raw(false)
  #live = $state.raw<LiveClock | undefined>()
  #heard = new Map<string, string>()
  #flasher = new Flasher((on) => (this.flash = on))

  constructor(page: Page) {
    this.page = page
    this.link = page.link
    this.hand = new Hand(this)
    this.sheet = new Sheet(this)
  }

  // ── where ──

  activity = $derived.by<string>(() => nearest(this.page, ['discussion', 'debate']))
  isDebate = $derived.by<boolean>(() => this.page.kind(this.activity) === 'debate')
  title = $derived.by<string>(() => this.link.floor?.agenda[this.activity]?.title ?? '')
  isOpen = $derived.by<boolean>(() => this.link.floor?.agenda[this.activity]?.state === 'open' && this.link.floor.meeting.state !== 'ended')
  discussion = $derived.by<FloorDiscussion | undefined>(() => this.link.floor?.discussions?.[this.activity])
  inDiscussion = $derived.by<MyDiscussion | undefined>(() => this.link.mine?.discussions?.[this.activity])
  debate = $derived.by<FloorDebate | undefined>(() => this.link.floor?.debates?.[this.activity])
  mine = $derived.by<MyDebate | undefined>(() => this.link.mine?.debates?.[this.activity])

  /** Others that go on at the same time. */
  others = $derived.by<[string, string][]>(() =>
    this.page.works.filter(([id, one]) => id !== this.activity && one.state === 'open').map(([id, { title }]) => [id, title]))

  sentence = $derived.by<string>(() =>
    this.isDebate ? debateSentence(this.debate, this.mine, this.title) : discussionSentence(this.discussion, this.inDiscussion))

  // ── my turn ──

  /** Where this person speaks, or comes next; speaking first. */
  #turn = $derived.by<Turn | undefined>(() => {
    const { floor, mine } = this.link
    const turns: Turn[] = []
    const add = (activity: string, is: Turn['is'], at: number | undefined): unknown => turns.push({ activity, is, key: `${activity}.${at}.${is}` })
    for (const [id, one] of Object.entries(mine?.debates ?? {})) {
      if (one.speaking) add(id, 'speaking', floor?.debates?.[id]?.speaking?.segment)
      else if (one.next) add(id, 'next', floor?.debates?.[id]?.next?.segment)
    }
    for (const [id, one] of Object.entries(mine?.discussions ?? {})) {
      const hand = nearestHand(one)
      // Interrupted by a direct reply one waits, and has the floor again afterwards.
      if (hand?.speaking && floor?.discussions?.[id]?.speaking?.hand === hand.hand) add(id, 'speaking', hand.hand)
      else if (hand?.place === 1) add(id, 'next', hand.hand)
    }
    return turns.find(({ is }) => is === 'speaking') ?? turns[0]
  })
  call = $derived.by<string>(() => this.#turn?.key ?? '')
  calledTo = $derived.by<string>(() => this.#turn?.activity ?? this.activity)
  speaking = $derived.by<boolean>(() => this.#turn?.is === 'speaking' && this.#turn.activity === this.activity)
  next = $derived.by<boolean>(() => this.#turn?.is === 'next' && this.#turn.activity === this.activity)

  /** Sides that offer a point to whoever speaks here; an offer fades by itself, also where nothing is heard of the server. */
  offers = $derived.by<string[]>(() => {
    void this.#faded
    const now = this.link.now()
    return this.speaking ? Object.entries(this.mine?.offers ?? {}).filter(([, since]) => now - since < OFFER_MS).map(([side]) => side) : []
  })
  #faded = $state.raw(0)

  /** What this phone's clock shows: one's own while one speaks. */
  clock = $derived.by<Clock | undefined>(() => {
    if (this.isDebate) return (this.speaking ? this.mine?.clock : undefined) ?? this.debate?.clock
    return (this.speaking ? nearestHand(this.inDiscussion)?.clock : undefined) ?? this.discussion?.speaking?.clock
  })

  get live(): LiveClock | undefined {
    return this.#live
  }

  /** The turn is near: nobody speaks before it, or not for long any more. */
  isSoon = $derived.by<boolean>(() => {
    const { clock, live } = this
    if (!this.next || !live) return false
    if (!clock || clock.state === 'done' || clock.length === 0) return true
    return live.over || (clock.bar ? live.share > 0.9 : clock.length - live.shown <= SOON_MS)
  })
  /** Digits and phase alone. */
  lectern = $derived.by<boolean>(() => (this.speaking || this.next) && (this.atLectern || (this.turned && (this.speaking || this.isSoon))))
  /** The screen belongs to the speech alone. */
  alone = $derived.by<boolean>(() => this.lectern || this.speaking)

  stand(on: boolean): void {
    this.atLectern = on
    setTimeout(() => document.getElementById(on ? 'lectern-close' : 'now')?.focus())
  }

  // ── parts of the screen ──

  parts = $derived.by<Part[]>(() => (this.mine?.judge ? ['ballot', 'debate'] : ['debate']))
  shown = $derived.by<Part | 'claim'>(() => (this.part === 'claim' || (this.part && this.parts.includes(this.part)) ? this.part : this.parts[0]!))

  show(part: Part | 'claim'): void {
    this.part = part
    this.problem = ''
    setTimeout(() => document.getElementById('now')?.focus())
  }

  /** Something typed here is not sent yet, or is being written. */
  get draft(): boolean {
    return this.hand.isTyped || (this.shown === 'ballot' && this.sheet.isTouched) || this.part === 'claim'
  }

  // ── the audience ──

  /** One's own vote; as it was wished where that is still on its way. */
  vote(round: VoteRound): string | undefined {
    const wished = this.underway(({ vote_motion }) => (vote_motion?.activity === this.activity && vote_motion.round === round ? vote_motion : undefined))
    if (wished) return wished.side ?? UNDECIDED
    return (this.link.mineUnnamed ?? this.link.mine)?.debates?.[this.activity]?.votes[round]
  }

  setVote(round: VoteRound, side: string): void {
    const { activity } = this
    this.send({ vote_motion: { activity, round, ...(side === UNDECIDED ? {} : { side }) } }, 'talk_vote_saved', undefined, { anonymous: true })
  }

  // ── places ──

  claim(team: string, place: number, name: string): void {
    this.send({ claim_place: { team, place, ...(name.trim() ? { name: name.trim() } : {}) } }, 'talk_claim_sent')
    this.show('debate')
  }

  stepBack(): void {
    const { team, place } = this.mine ?? {}
    if (team && place) this.send({ leave_place: { team, place } }, 'talk_claim_back')
  }

  // ── speaking ──

  endSpeech(): void {
    const { activity } = this
    this.send(this.isDebate ? { end_my_speech: { activity } } : { end_speech: { activity } }, 'talk_ended')
  }

  offer(): void {
    this.send({ offer_point: { activity: this.activity } }, 'talk_offer_sent')
  }

  answer(take: boolean): void {
    this.send({ answer_point: { activity: this.activity, take } }, take ? 'talk_point_taken' : 'talk_point_waved')
  }

  endPoint(): void {
    this.send({ end_point: { activity: this.activity } }, 'talk_point_over')
  }

  // ── sending ──

  /** The last wish of a kind that is not answered yet. */
  underway<T>(find: (wish: Command) => T | undefined): T | undefined {
    const all = [...this.link.own.list, ...this.link.unnamed.list]
    return all.reduce<T | undefined>((last, { wish }) => find(wish) ?? last, undefined)
  }

  send(wish: Command, done?: Key, refused?: () => void, how: { anonymous?: boolean } = {}): Sending {
    this.problem = ''
    const sending = this.link.send(wish, how)
    if (this.link.status !== 'live') announce(t('saved_on_phone'))
    void sending.done.then((refusal) => {
      if (!refusal) return done && announce(t(done))
      refused?.()
      this.fail(refusalText(refusal.code))
    })
    return sending
  }

  fail(problem: string): void {
    this.problem = problem
    announce(problem)
  }

  // ── listening ──

  /** Listens until the returned function is called; inside an effect, whose end ends this too. */
  start(): () => void {
    const wide = matchMedia(TURNED)
    const turn = (): unknown => (this.turned = wide.matches)
    turn()
    wide.addEventListener('change', turn)
    this.#live = new LiveClock(() => this.clock, () => this.link.now(), { bell: (bell) => this.#ring(bell), milestone: (one) => this.#pass(one) })
    $effect(() => tune(this.link))
    $effect(() => this.#call(this.call))
    $effect(() => {
      if (this.call || this.mine?.judge) return stayAwake()
    })
    $effect(() => {
      const { inDiscussion, discussion } = this
      const place = nearestHand(inDiscussion)?.place
      // The first place has words of its own; before it is known whether a hand is up nothing is said.
      if (discussion) this.#told(`place.${this.activity}`, place ? String(place) : '', () => place && place > 1 && announce(t('talk_place', { place: ordinal(place) })))
    })
    $effect(() => {
      const { offers } = this.mine ?? {}
      const ends = Object.values(offers ?? {}).map((since) => since + OFFER_MS - this.link.now())
      if (!ends.length) return
      const fade = setTimeout(() => (this.#faded += 1), Math.max(0, ...ends) + 20)
      return () => clearTimeout(fade)
    })
    $effect(() => {
      for (const [side, since] of Object.entries(this.mine?.offers ?? {})) {
        this.#told(`offer.${side}`, String(since), () => {
          announceNow(t('talk_offers', { side: this.debate ? sideName(this.debate.format, side) : side }))
          shake(2)
        }, true)
      }
    })
    $effect(() => {
      const isMine = !!this.debate?.point && this.debate.point.side === this.mine?.side
      this.#told('point', String(isMine), () => isMine && (announceNow(t('talk_point_yours')), shake(1)))
    })
    $effect(() => {
      // Whoever may offer hears when the time for it begins; for all others the six milestones are enough.
      const may = !!this.mine?.may_offer && !!this.#live?.points
      this.#told('may', String(may), () => may && announce(t('talk_may_offer')))
    })
    $effect(() => {
      const { offered, side } = this.mine ?? {}
      const taken = this.debate?.point?.side === side
      this.#told('offered', String(!!offered), () => !offered && !taken && announce(t('talk_offer_gone')))
    })
    $effect(() => {
      const { mine, debate } = this
      const isIn = !!mine?.place && !mine.claimed
      if (debate) this.#told(`place.${this.activity}.in`, String(isIn), () => isIn && announce(myPlace(debate, mine)))
    })
    this.sheet.start()
    return () => {
      wide.removeEventListener('change', turn)
      this.sheet.stop()
      this.#flasher.stop()
    }
  }

  /** Runs `act` when `value` becomes another than it was found; `first`: also when it is found so. */
  #told(name: string, value: string, act: () => unknown, first = false): void {
    const known = this.#heard.get(name)
    this.#heard.set(name, value)
    if (known === undefined ? first : known !== value) untrack(act)
  }

  #call(call: string): (() => void) | undefined {
    if (!call) this.#heard.delete('call')
    if (!call || this.#heard.get('call') === call) return undefined
    const soon = setTimeout(() => {
      this.#heard.set('call', call)
      const speaks = call.endsWith('speaking')
      announceNow(t(speaks ? 'talk_you_speak' : 'talk_you_next'))
      shake(speaks ? 1 : 2)
    }, TOGETHER_MS)
    return () => clearTimeout(soon)
  }

  #ring({ rings }: ClockBell): void {
    if (!this.speaking || rings === 0) return
    shake(rings)
    this.#flasher.strike(rings)
  }

  #pass(milestone: Milestone): void {
    if (!this.page.work || this.page.work !== this.activity) return
    const text = milestoneText(milestone)
    if (milestone === 'up' && this.speaking) announceNow(text)
    else announce(text)
  }
}
