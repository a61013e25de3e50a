// What this phone shows of the meeting and in which order; what it has sent and not yet seen come back. No rule of the meeting.
import { language, refusalText, t } from '../i18n/index.svelte.ts'
import { announce, announceOthers } from '../lib/announce.ts'
import { keepDraft, readDraft } from '../lib/draft.ts'
import { uuid } from '../lib/ids.ts'
import type { Link } from '../lib/link/link.svelte.ts'
import type { Sending } from '../lib/outbox/outbox.svelte.ts'
import { recall, remember } from '../lib/storage/store.ts'
import type { Talk } from './debate/talk.svelte.ts'
import type { Work } from './groups/work.svelte.ts'
import type { Activity, ActivityKind, Command, MyQuestion, Question } from '../wire/index.ts'

export type Tab = 'top' | 'new' | 'mine' | 'answered'
/** The three ways to ask. */
export type How = 'unnamed' | 'tag' | 'named'
export interface Own extends MyQuestion { id: string; unnamed: boolean }

/** How long after the last touch the list still counts as being read. */
const READING_MS = 10_000
const NOTHING: readonly string[] = []
/** What takes the place of the questions. */
const WORKS = /group|deb|disc/

export class Page {
  readonly link: Link
  tab = $state.raw<Tab>('top')
  /** The ids on the screen, in the order they were put there. */
  order = $state.raw<readonly string[]>(NOTHING)
  /** The activity whose questions are shown. */
  shown = $state.raw<string | undefined>()
  /** The question shown as being answered. */
  featured = $state.raw<string | undefined>()
  /** The group work, discussion or debate on the screen in place of the questions. */
  work = $state.raw<string | undefined>()
  /** What this phone does at its table, once that part of the page is here. */
  table = $state.raw<Work | undefined>()
  /** What it does in discussions and debates, likewise. */
  talk = $state.raw<Talk | undefined>()
  draft = $state.raw('')
  problem = $state.raw('')
  how = $state.raw<How>('unnamed')
  tag = $state.raw('')
  name = $state.raw('')
  editing = $state.raw<Own | undefined>()
  aloud = $state.raw(recall<boolean>('aloud') ?? false)
  /** Sent from here and not yet back in a document. */
  #sent = $state.raw<readonly Sending[]>([])
  #votes = $state.raw<Readonly<Record<string, Sending>>>({})
  #last: Record<string, Question> = {}
  #touched = 0
  #ordered: Tab | undefined
  #followed: string | undefined
  #called: string | undefined

  constructor(link: Link) {
    this.link = link
    this.draft = readDraft(this.#place)
    this.how = recall<How>('how') ?? 'unnamed'
    this.tag = recall<string>('tag') ?? ''
  }

  get #place(): string {
    return this.link.seat.seat ?? this.link.seat.meeting
  }

  // ── what is happening ──

  activity = $derived.by<Activity | undefined>(() => this.link.floor?.agenda[this.shown ?? ''])

  /** The questions to show: those on the stage, else the open ones, else those closed last. */
  wanted = $derived.by<string | undefined>(() => {
    const floor = this.link.floor
    if (!floor) return undefined
    const all = Object.entries(floor.agenda).filter(([, one]) => one.kind === 'questions' && one.state !== 'planned')
    const worth = (id: string, one: Activity): number => (id === floor.meeting.stage ? 2e9 : 0) + (one.state === 'open' ? 1e9 : 0) - one.rank
    return all.sort(([a, one], [b, other]) => worth(b, other) - worth(a, one))[0]?.[0]
  })

  /** The group work, discussion or debate that goes on in the hall now. */
  wantedWork = $derived.by<string | undefined>(() => {
    const floor = this.link.floor
    if (!floor || floor.meeting.state === 'ended') return undefined
    const stage = floor.meeting.stage
    const kind = floor.agenda[stage ?? '']?.kind
    if (WORKS.test(kind ?? '')) return stage
    return kind === 'questions' ? undefined : this.works.find(([, one]) => one.state === 'open')?.[0]
  })

  /** The one that one can look at: what goes on, else the last there was. */
  anyWork = $derived.by<string | undefined>(() =>
    this.wantedWork ?? this.work ?? this.works.filter(([id]) => this.link.mine?.groups?.[id] ?? this.link.floor?.debates?.[id]).pop()?.[0])

  works = $derived.by<[string, Activity][]>(() =>
    Object.entries(this.link.floor?.agenda ?? {}).filter(([, one]) => WORKS.test(one.kind)).sort(([, a], [, b]) => a.rank - b.rank))

  kind(of?: string): ActivityKind | undefined {
    return this.link.floor?.agenda[of ?? '']?.kind
  }

  /** Whatever calls this person: their turn to speak, their table. */
  #caller = $derived.by<Talk | Work | undefined>(() => (this.talk?.call ? this.talk : this.table))

  sentence = $derived.by<string>(() => {
    const floor = this.link.floor
    if (!floor) return t('join_moment')
    const { meeting, agenda } = floor
    if (meeting.state === 'ended') return t('now_ended')
    const part = this.kind(this.wantedWork) === 'groups' ? this.table : this.talk
    if (this.wantedWork && part) return part.sentence
    const open = Object.values(agenda).some((one) => one.kind === 'questions' && one.state === 'open')
    const stage = agenda[meeting.stage ?? '']
    if (stage && stage.kind !== 'questions') return t(open ? 'now_other' : 'now_other_only', { title: stage.title })
    if (open && meeting.featured) return t('now_featured')
    if (open) return t(this.activity?.votes === false ? 'now_questions_only' : 'now_questions')
    if (meeting.state === 'prepared') return t('now_prepared')
    return t(this.wanted ? 'now_closed' : 'now_between')
  })

  /** Somewhere else things go on: one bar leads there and never takes a reader along. */
  bar = $derived.by<string | undefined>(() => {
    const { wanted, shown, link, work } = this
    const title = (of: string): string => t('now_bar', { title: link.floor?.agenda[of]?.title ?? '' })
    const due = this.#due
    if (due && due !== work) return title(due)
    if (work) return !this.wantedWork && link.floor?.meeting.stage === wanted && wanted ? title(wanted) : undefined
    if (wanted !== shown && wanted && shown) return title(wanted)
    const featured = this.#featuredNow
    return featured && featured !== this.featured ? t('now_bar_question') : undefined
  })

  /** Where to go: where a table or the floor waits for this person, or what goes on in the hall. */
  #due = $derived.by<string | undefined>(() => (this.#caller?.call ? this.#caller.calledTo : this.wantedWork))

  #featuredNow = $derived.by<string | undefined>(() => {
    const floor = this.link.floor
    const id = floor?.meeting.featured
    return id && floor.questions[id] && floor.meeting.state !== 'ended' ? id : undefined
  })

  // ── the list ──

  /** The tabs that make sense here; the first is where one begins. */
  tabs = $derived.by<Tab[]>(() => {
    const { order, counts_hidden, votes } = this.activity ?? {}
    const top = (counts_hidden || votes === false) && order !== 'own' && order !== 'fair' ? [] : (['top'] as const)
    return order === 'new' || !top.length ? ['new', ...top, 'mine', 'answered'] : ['top', 'new', 'mine', 'answered']
  })

  /** As it would be if it were ordered now. */
  fresh = $derived.by<readonly string[]>(() => {
    const floor = this.link.floor
    if (!floor || this.tab === 'mine') return NOTHING
    const answered = this.tab === 'answered'
    const all = Object.entries(floor.questions).filter(([id, one]) =>
      one.activity === this.shown && id !== this.featured && (one.state === 'answered') === answered)
    const by = this.activity?.order
    const place = (one: Question): number => {
      if (answered) return -(one.answered_at ?? one.at)
      if (this.tab === 'new') return -one.at
      if (by === 'own') return one.rank ?? Infinity
      if (by === 'fair') return one.fair ?? Infinity
      return -(one.votes ?? 0)
    }
    const late = (one: Question): number => (one.state === 'parked' ? 1 : 0)
    return all.sort(([, a], [, b]) => late(a) - late(b) || place(a) - place(b) || a.at - b.at).map(([id]) => id)
  })

  /** Listed meanwhile and not yet on the screen. */
  hidden = $derived.by<readonly string[]>(() => {
    const there = new Set(this.order)
    return this.fresh.filter((id) => !there.has(id) && !this.#own.has(id))
  })

  stale = $derived.by<boolean>(() => this.order.length > 0 && this.fresh.join() !== this.order.join())

  /** A question of the list, also when it has left the floor meanwhile. */
  question(id: string): { question: Question; gone: boolean } | undefined {
    const now = this.link.floor?.questions[id]
    if (now) this.#last[id] = now
    const question = now ?? this.#last[id]
    return question && { question, gone: !now }
  }

  touch(): void {
    this.#touched = Date.now()
  }

  /** Finger, eyes or focus are on it: nothing may move. */
  isRead(): boolean {
    const there = document.activeElement
    const list = document.getElementById('list')
    const reading = Date.now() - this.#touched < READING_MS || scrolled() > 60 || !!list?.contains(there) || (!!this.work && !!there?.matches('input, textarea'))
    return reading && document.visibilityState === 'visible'
  }

  /** Follows the meeting where that moves nobody. */
  settle(): void {
    const { wanted } = this
    const isRead = this.isRead()
    const { wantedWork, table, talk } = this
    const caller = this.#caller
    // A new table or the floor calls people to it, whatever is on the stage and wherever they went by choice.
    const isCalled = !!caller?.call && caller.call !== this.#called
    if ((isCalled || wantedWork !== this.#followed) && !isRead && !this.draft && !table?.draft && !talk?.draft) {
      this.#called = caller?.call
      this.#followed = wantedWork
      this.work = isCalled ? caller.calledTo : wantedWork
    }
    if (!this.shown || !this.link.floor?.agenda[this.shown] || (!isRead && !this.draft)) this.shown = wanted
    if (!this.tabs.includes(this.tab)) this.tab = this.tabs[0]!
    if (!this.featured || !isRead || this.featured === this.#featuredNow) this.#feature(isRead)
    if (!isRead || this.#ordered !== this.tab || !this.order.length) return this.arrange()
    // One's own comes at once.
    const mine = this.fresh.filter((id) => this.#own.has(id) && !this.order.includes(id))
    if (mine.length) this.order = [...mine, ...this.order]
    if (this.hidden.length) announceOthers(t('new_others', { n: this.hidden.length }))
  }

  /** Puts the list in its order of now: a wish of the reader. */
  arrange(): void {
    this.#ordered = this.tab
    if (this.order.join() !== this.fresh.join()) this.order = this.fresh
  }

  show(tab: Tab): void {
    this.tab = tab
    this.featured = this.#featuredNow
    this.arrange()
  }

  /** To the tables or back, as the reader wishes. */
  visit(work: string | undefined): void {
    this.work = work
    scrollUp(0)
  }

  goThere(): void {
    this.work = this.#due
    if (this.wanted) this.shown = this.wanted
    this.featured = this.#featuredNow
    this.arrange()
    scrollUp(0)
    document.getElementById('now')?.focus()
  }

  #feature(isRead: boolean): void {
    // A first one pushes the list down: only where nobody reads.
    if (this.#featuredNow && !this.featured && isRead && scrolled() > 60) return
    this.featured = this.#featuredNow
  }

  // ── mine ──

  own = $derived.by<Own[]>(() => {
    const of = (from: 'mine' | 'mineUnnamed'): Own[] =>
      Object.entries(this.link[from]?.questions ?? {}).map(([id, one]) => ({ ...one, id, unnamed: from === 'mineUnnamed' }))
    return [...of('mine'), ...of('mineUnnamed')].sort((a, b) => b.at - a.at)
  })
  #own = $derived.by<Set<string>>(() => new Set(this.own.map(({ id }) => id)))

  hasVoted = $derived.by<boolean>(() => Object.keys(this.link.mine?.votes ?? {}).length > 0)

  isMine(id: string): boolean {
    return this.#own.has(id)
  }

  /** Questions on their way: written on this phone, not yet back from the meeting. */
  underway = $derived.by<Sending[]>(() => {
    const left = [...this.link.own.list, ...this.link.unnamed.list].filter((one) => !this.#sent.includes(one))
    return [...this.#sent, ...left].filter(({ wish }) => wish.ask && !this.#own.has(wish.ask.id)).reverse()
  })

  ask(): void {
    const text = this.draft.trim()
    if (!text || !this.shown) return
    const { how, tag, link, editing } = this
    if (editing) {
      this.editing = undefined
      this.#follow(link.send({ edit: { question: editing.id, text } }, { anonymous: editing.unnamed }), 'changed', text)
    } else {
      const wish: Command = { ask: { id: uuid(), activity: this.shown, text, ...guess(text) } }
      if (how === 'unnamed') wish.ask.anonymous = true
      if (how === 'tag') {
        const tags = Object.keys(link.mine?.seat?.tags ?? {})
        if (!tags.includes(tag)) void link.send({ introduce: { tags: [...tags, tag] } })
        wish.ask.as_tag = tag
      }
      if (how === 'named' && this.name.trim()) void link.send({ introduce: { name: this.name.trim() } })
      const sending = link.send(wish, { anonymous: how === 'unnamed' })
      this.#sent = [...this.#sent, sending]
      this.#follow(sending, this.activity?.review ? 'sent_waiting' : 'sent', text)
    }
    this.write('')
  }

  cancel(): void {
    this.editing = undefined
    this.write('')
  }

  fail(problem: string): void {
    this.problem = problem
    announce(problem)
  }

  call(name: string): void {
    this.problem = ''
    this.name = name
  }

  readAloud(on: boolean): void {
    this.aloud = on
    remember('aloud', on)
  }

  /** The draft, kept on the phone with each letter. */
  write(text: string): void {
    this.problem = ''
    this.draft = text
    keepDraft(this.#place, text)
  }

  choose(how: How, tag = this.tag): void {
    this.problem = ''
    this.how = how
    this.tag = tag
    remember('how', how)
    remember('tag', tag)
  }

  edit(own: Own): void {
    this.editing = own
    this.write(own.text)
    document.getElementById('ask')?.focus()
  }

  putAway(sending: Sending): void {
    this.#sent = this.#sent.filter((one) => one !== sending)
  }

  withdraw({ id, unnamed }: Own): void {
    this.#follow(this.link.send({ withdraw: { question: id } }, { anonymous: unnamed }), 'taken_back')
  }

  reply({ id, unnamed }: Own, answered: boolean): void {
    this.#follow(this.link.send({ reply: { question: id, answered } }, { anonymous: unnamed }), 'reply_thanks')
  }

  /** Says how it went; a text that was refused comes back to where it was written. */
  #follow(sending: Sending, done: 'sent' | 'sent_waiting' | 'changed' | 'taken_back' | 'reply_thanks', text?: string): void {
    if (this.link.status !== 'live') announce(t('saved_on_phone'))
    void sending.done.then((refusal) => {
      if (!refusal) return announce(t(done))
      if (text && !this.draft) {
        this.putAway(sending)
        this.write(text)
      }
      this.fail(refusalText(refusal.code))
    })
  }

  // ── votes ──

  /** Whether the button is down, and whether that is still on its way. */
  vote(id: string): { on: boolean; underway: boolean; change: number } {
    const known = this.link.mine?.votes?.[id] ?? false
    let sending = this.#votes[id]
    for (const one of this.link.own.list) if (one.wish.vote?.question === id) sending = one
    if (!sending || sending.state === 'refused') return { on: known, underway: false, change: 0 }
    const on = sending.wish.vote!.on
    return { on, underway: sending.state !== 'ok', change: Number(on) - Number(known) }
  }

  setVote(id: string, on: boolean): void {
    const sending = this.link.send({ vote: { question: id, on } })
    this.#votes = { ...this.#votes, [id]: sending }
    if (this.link.status !== 'live') announce(t('saved_on_phone'))
    void sending.done.then((refusal) => {
      if (refusal) this.fail(refusalText(refusal.code))
    })
  }
}

/** How far down the reader is; on a low screen the page itself scrolls, else its middle. */
export function scrolled(): number {
  return scrollY || (document.getElementById('main')?.scrollTop ?? 0)
}

export function scrollUp(to: number): void {
  scrollTo(0, to)
  document.getElementById('main')?.scrollTo(0, to)
}

/** The language a text is most likely written in, by its letters; left out where it cannot be told. */
function guess(text: string): { language?: string } {
  const ui = language()
  if (/[\u10a0-\u10ff]/.test(text)) return { language: 'ka' }
  if (/[\u0530-\u058f]/.test(text)) return { language: 'hy' }
  if (/[\u0400-\u04ff]/.test(text)) return { language: 'ru' }
  if (/[əƏ]/.test(text)) return { language: 'az' }
  return ui === 'ru' || ui === 'ka' || ui === 'hy' ? {} : { language: ui }
}
