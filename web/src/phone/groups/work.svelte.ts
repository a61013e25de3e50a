// What this phone knows of group work and of its own table, what it says aloud of it, and what it sends. No rule of the meeting.
import { untrack } from 'svelte'
import { refusalText, t } from '../../i18n/index.svelte.ts'
import { announce, announceNow } from '../../lib/announce.ts'
import { clock } from '../../i18n/dates.ts'
import type { Link } from '../../lib/link/link.svelte.ts'
import { NotesLine } from '../../lib/link/notes.ts'
import type { Sending } from '../../lib/outbox/outbox.svelte.ts'
import { recall, remember } from '../../lib/storage/store.ts'
import { tableSign } from '../../lib/tables.ts'
import type { Command, Duty, FloorGroup, FloorWork, GroupLetter, GroupView, Help, MyGroup } from '../../wire/index.ts'
import { nearest } from '../nearest.ts'
import type { Page } from '../page.svelte.ts'
import { Ideas } from './ideas.svelte.ts'
import { Lines } from './lines.svelte.ts'
import { Notebook } from './notebook.svelte.ts'
import { reportLeft, waitingToReport } from './queue.ts'
import type { Grade } from '../../lib/grades.ts'
import { Warner } from './timing.ts'
import { DUTIES, spoken, yours, type Call } from './words.ts'

export type Part = 'task' | 'notes' | 'ideas' | 'lines'

/** Documents that belong together come in pieces: what is said of them waits a moment. */
const TOGETHER_MS = 300

export class Work {
  readonly page: Page
  readonly link: Link
  readonly ideas: Ideas
  readonly lines: Lines
  readonly notebook: Notebook
  readonly line: NotesLine
  /** The server's time, second by second. */
  now = $state.raw(0)
  part = $state.raw<Part>('task')
  problem = $state.raw('')
  /** Asked to choose another table. */
  choosing = $state.raw(false)
  /** The call for which the phone is the table's sign now. */
  holding = $state.raw('')
  /** Which table of which round this person was told of and said "I am there" to, by activity. */
  #there = $state.raw<Readonly<Record<string, string>>>({})
  #warner = new Warner()
  #ending = new Warner()
  #heard = new Set<string>()
  #followed: string | undefined

  constructor(page: Page) {
    this.page = page
    this.link = page.link
    this.now = page.link.now()
    this.#there = recall<Record<string, string>>(this.#key) ?? {}
    this.line = new NotesLine(page.link)
    this.ideas = new Ideas(this)
    this.lines = new Lines(this)
    this.notebook = new Notebook(this)
  }

  get #key(): string {
    return `tables.${this.link.seat.seat ?? this.link.seat.meeting}`
  }

  // ── where ──

  activity = $derived.by<string>(() => nearest(this.page, ['groups']))
  get calledTo(): string {
    return this.activity
  }
  title = $derived.by<string>(() => this.link.floor?.agenda[this.activity]?.title ?? '')
  floor = $derived.by<FloorWork | undefined>(() => this.link.floor?.works?.[this.activity])
  seat = $derived.by<MyGroup | undefined>(() => this.link.mine?.groups?.[this.activity])
  group = $derived.by<string | undefined>(() => this.seat?.group)
  view = $derived.by<GroupView | undefined>(() => {
    const view = this.link.docs[`group/${this.group}`] as GroupView | undefined
    return view?.group ? view : undefined
  })
  /** The table as everybody sees it. */
  known = $derived.by<FloorGroup | undefined>(() => this.link.floor?.groups?.[this.group ?? ''])
  number = $derived.by<number>(() => this.view?.group.number ?? this.known?.number ?? 0)
  name = $derived.by<string | undefined>(() => this.view?.group.name ?? this.known?.name)
  where = $derived.by<string | undefined>(() => this.view?.group.place ?? this.known?.place)
  others = $derived.by<number>(() => Math.max(0, Object.keys(this.view?.members ?? {}).length - 1))
  duties = $derived.by<Duty[]>(() => DUTIES.filter((duty) => this.holder(duty) === this.seat?.place))
  isEnded = $derived.by<boolean>(() => !!this.view?.group.ended || this.floor?.state === 'ended' || this.link.floor?.meeting.state === 'ended')
  isChosen = $derived.by<boolean>(() => this.floor?.how === 'self_chosen')

  /** Names the table of this round while this person has not said "I am there"; empty otherwise. */
  call = $derived.by<string>(() => {
    const { view, floor, group } = this
    if (!view || !floor || this.isEnded || floor.state !== 'working' || view.group.round !== floor.round) return ''
    const at = `${group}.${floor.round}`
    return this.#there[this.activity] === at ? '' : at
  })

  kind = $derived.by<Call>(() => {
    const before = this.#there[this.activity]?.split('.')[0]
    return !before ? 'at' : before === this.group ? 'stay' : 'go'
  })

  said = $derived.by<string>(() =>
    spoken(this.kind, { number: this.number, sign: tableSign(this.number).label(), name: this.name, place: this.where, others: this.others, duties: this.duties }))

  arrive(): void {
    if (!this.call) return
    this.#there = { ...this.#there, [this.activity]: this.call }
    remember(this.#key, this.#there)
    this.part = 'task'
    setTimeout(() => document.getElementById('now')?.focus())
  }

  /** Fills the phone with the sign, wished by the person. */
  hold(): void {
    this.holding = this.call
  }

  /** Something typed here is not sent yet. */
  get draft(): boolean {
    return this.ideas.draft.trim() !== '' || this.lines.isTyped
  }

  sentence = $derived.by<string>(() => {
    const { floor, group, isChosen } = this
    if (!floor) return t('work_planned')
    const reporting = this.link.floor?.groups?.[floor.reporting ?? '']
    if (floor.reporting && floor.reporting === group) return t('work_you_report')
    if (reporting) return t('work_reports', { table: reporting.number })
    if (floor.state === 'ended') return t('work_ended')
    if (group) return floor.rounds > 1 ? t('work_round', { table: this.number, n: floor.round, of: floor.rounds }) : t('work_table', { table: this.number })
    if (isChosen && floor.state === 'working') return t('work_choose')
    return t(floor.state === 'planning' ? 'work_planned' : 'work_wait')
  })

  // ── time ──

  ends = $derived.by<number | undefined>(() => this.view?.group.ends_at)
  /** The count-down to the end, in milliseconds. */
  ending = $derived.by<number | undefined>(() => {
    const at = this.view?.group.ending_at
    return at === undefined ? undefined : Math.max(0, at - this.now)
  })
  left = $derived.by<number | undefined>(() => (this.ends === undefined ? undefined : this.ends - this.now))
  reportLeft = $derived.by<number | undefined>(() => (this.floor ? reportLeft(this.floor, this.now) : undefined))

  // ── reports ──

  reporting = $derived.by<FloorGroup | undefined>(() => this.link.floor?.groups?.[this.floor?.reporting ?? ''])
  isReporting = $derived.by<boolean>(() => !!this.group && this.floor?.reporting === this.group)
  queue = $derived.by<string[]>(() => (this.floor ? waitingToReport(this.floor, this.link.floor?.groups ?? {}, this.activity) : []))
  /** How many tables report before this one; -1: it does not wait. */
  before = $derived.by<number>(() => this.queue.indexOf(this.group ?? ''))

  // ── people ──

  holder(duty: Duty): number | undefined {
    const wished = this.underway(({ take_duty }) => (take_duty?.group === this.group && take_duty?.duty === duty ? take_duty : undefined))
    if (wished) return wished.on ? this.seat?.place : undefined
    return this.view?.duties[duty]
  }

  called(place: number | undefined): string {
    if (place === undefined) return t('nobody')
    if (place === this.seat?.place) return t('you')
    return this.view?.members[place]?.name ?? t('person_n', { n: place })
  }

  take(duty: Duty, on: boolean): void {
    if (this.group) this.send({ take_duty: { group: this.group, duty, on } }, on ? 'duty_taken' : 'duty_back')
  }

  // ── calls ──

  /** The call that waits; as it was wished where that is still on its way. */
  help = $derived.by<Help | undefined>(() => {
    const wished = this.underway(({ need_help }) => (need_help?.group === this.group ? need_help : undefined))
    const known = this.view?.group.help
    if (!wished) return known
    return wished.on ? { at: this.link.now(), ...known, call: wished.call ?? 'help' } : undefined
  })
  ready = $derived.by<boolean>(() =>
    this.underway(({ ready }) => (ready?.group === this.group ? ready : undefined))?.on ?? this.view?.group.ready ?? false)

  callFor(call: 'help' | 'fetch' | undefined): void {
    if (!this.group) return
    this.send({ need_help: { group: this.group, on: !!call, ...(call ? { call } : {}) } }, call ? 'help_asked' : 'help_over')
  }

  setReady(on: boolean): void {
    if (this.group) this.send({ ready: { group: this.group, on } }, on ? 'ready_on' : 'ready_off')
  }

  letters = $derived.by<[string, GroupLetter][]>(() => Object.entries(this.view?.letters ?? {}).sort(([, a], [, b]) => b.at - a.at))
  /** Not read by anybody of the table yet. */
  unread = $derived.by<[string, GroupLetter][]>(() => this.letters.filter(([id, one]) =>
    !one.read && !this.underway(({ acknowledge }) => (acknowledge?.letter === id || undefined))))

  acknowledge(letter: string): void {
    if (this.group) this.send({ acknowledge: { letter, group: this.group } }, 'letter_thanks')
  }

  show(part: Part): void {
    this.part = part
    this.problem = ''
  }

  choose(other: boolean): void {
    this.choosing = other
    this.problem = ''
  }

  join(group: string): void {
    this.choosing = false
    this.send({ join_group: { group } })
  }

  leave(): void {
    if (this.group) this.send({ leave_group: { group: this.group } }, 'left_table')
    this.choosing = false
  }

  // ── sending ──

  /** The last wish of a kind that is not answered yet. */
  underway<T>(find: (wish: Command) => T | undefined): T | undefined {
    return this.link.own.list.reduce<T | undefined>((last, { wish }) => find(wish) ?? last, undefined)
  }

  send(wish: Command, done?: Parameters<typeof t>[0], refused?: () => void): Sending {
    this.problem = ''
    const sending = this.link.send(wish)
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
    const tick = setInterval(() => this.#tick(), 1000)
    $effect(() => this.#follow(this.group))
    $effect(() => {
      // The sign fills the phone only where nothing is being typed; else a line offers it.
      const { call, page } = this
      const field = document.activeElement as HTMLInputElement | null
      if (!call || page.kind(page.work) !== 'groups') this.holding = ''
      else if (!untrack(() => this.draft) && (!field?.matches('input, textarea') || !field.value || field.readOnly)) this.holding = call
    })
    $effect(() => {
      const { call, said } = this
      if (!call || this.#heard.has(call)) return
      const soon = setTimeout(() => {
        this.#heard.add(call)
        announceNow(said)
        shake(200, 100, 200)
      }, TOGETHER_MS)
      return () => clearTimeout(soon)
    })
    $effect(() => {
      for (const [id, letter] of this.unread) {
        if (this.#heard.has(id)) continue
        this.#heard.add(id)
        announce(t('letter_said', { text: letter.text }))
        shake(100)
      }
    })
    $effect(() => this.#once('visited', !!this.help?.visited, () => announce(t('help_coming'))))
    $effect(() => this.#once('ended', !!this.view?.group.ended, () => announce(t('work_ended'))))
    $effect(() => this.#once('reporting', this.isReporting, () => {
      announceNow([t('work_you_report'), ...yours(this.duties.filter((duty) => duty === 'reporter'))].join(' '))
      shake(200, 100, 200)
    }))
    this.notebook.start()
    return () => {
      clearInterval(tick)
      this.#follow(undefined)
      this.notebook.stop()
      this.line.stop()
    }
  }

  #tick(): void {
    this.now = this.link.now()
    const { ends, left, view } = this
    if (!view || this.isEnded) return
    const ending = this.#ending.look(this.now, view.group.ending_at)
    if (ending || (view.group.ending_at && this.#fresh(`ending${view.group.ending_at}`))) announce(t('finishing', { time: clock(view.group.ending_at! - this.now) }))
    const warning = this.#warner.look(this.now, ends)
    if (warning === 'changed') announce(t('time_changed', { time: clock(left ?? 0) }))
    else if (warning) this.#warn(warning)
  }

  #warn(grade: Grade): void {
    const text = t(`time_${grade}`)
    if (grade === 'up') announceNow(text)
    else announce(text)
    shake(...(grade === 'up' ? [400, 150, 400] : [120]))
  }

  /** Runs `act` when `is` becomes true, not when it is found so. */
  #once(name: string, is: boolean, act: () => void): void {
    const known = this.#states[name]
    this.#states[name] = `${this.group}${is}`
    if (is && known === `${this.group}false`) untrack(act)
  }
  #states: Record<string, string> = {}

  #fresh(name: string): boolean {
    const isNew = !this.#heard.has(name)
    this.#heard.add(name)
    return isNew
  }

  #follow(group: string | undefined): void {
    const before = this.#followed
    if (before === group) return
    this.#followed = group
    untrack(() => {
      if (before) this.link.unfollow(`group/${before}`)
      if (group) this.link.follow(`group/${group}`)
    })
  }
}

function shake(...pattern: number[]): void {
  // Not before the first touch, and not on phones that cannot.
  try {
    navigator.vibrate?.(pattern)
  } catch {
    // It is only a help.
  }
}
