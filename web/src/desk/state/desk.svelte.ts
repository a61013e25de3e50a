// What the desk's screens share: the documents, the clock, sending with an answer, and what is being looked at.
// Renders what the server says; knows no rule of the meeting.
import { getContext, setContext } from 'svelte'
import type { Activity, Command, Desk as View, Floor, Order, Question, Refusal, Role } from '../../wire/index.ts'
import { Link, type Status } from '../../lib/link/link.svelte.ts'
import { isOwn } from '../../lib/link/own.ts'
import type { Seat } from '../../lib/link/seats.ts'
import type { Sending } from '../../lib/outbox/outbox.svelte.ts'
import { recall, remember } from '../../lib/storage/store.ts'
import { Asks, hall } from './asks.ts'
import { Clock } from './clock.svelte.ts'
import { byRank } from './order.ts'

/** The desk's document while it has not come yet. */
const NONE: View = {
  waiting: {}, dismissed: {}, private: {}, merged: {}, authors: {}, votes: {}, suggestions: {}, seats: {}, links: {},
  works: {}, groups: {}, letters: {}, debates: {}, teams: {},
  counts: { seats: 0, proxies: 0, waiting: 0, private: 0, concerns_open: 0 },
}

/** An act that reaches everyone and asks "when" first. */
export type Act = { stage: { activity?: string } } | { end: Record<string, never> } | { call_back: { on: true } }

export class Desk {
  readonly link: Link
  readonly asks: Asks
  readonly clock: Clock
  readonly meeting: string
  /** The act whose sheet is open. */
  asked = $state<Act | undefined>()
  /** Rules that said no, newest last, until they are put away. */
  problems = $state.raw<readonly { id: number; refusal: Refusal }[]>([])
  /** The activity that was chosen to be looked at; absent: the one that matters now. */
  chosen = $state<string | undefined>()
  /** Moderation by keyboard. */
  keys = $state(recall<boolean>('desk.keys') ?? false)
  /** Merges of this page, newest first: they can be undone where they were made. */
  merges = $state.raw<readonly { from: string; text: string; into: string }[]>([])
  /** Where phones reach this server. */
  address = $state.raw(location.host)
  #count = 0

  constructor(seat: Seat) {
    this.meeting = seat.meeting
    this.link = new Link({ seat, audiences: readBy(seat.roles ?? []) })
    this.asks = new Asks(this.link)
    this.clock = new Clock(() => this.link.now() - Date.now())
    // A role that was given later brings its documents with it.
    $effect(() => {
      for (const audience of readBy(this.link.roles)) if (!this.link.audiences.has(audience)) this.link.follow(audience)
    })
    hall().then((addresses) => this.#reach(addresses), () => undefined)
  }

  #reach(addresses: readonly string[]): void {
    const bare = addresses.map((one) => one.replace(/^https?:\/\//i, '').replace(/\/$/, ''))
    this.address = isOwn(location.host) ? (bare.find((one) => !isOwn(one)) ?? location.host) : location.host
  }

  get status(): Status {
    return this.link.status
  }
  get floor(): Floor | undefined {
    return this.link.floor
  }
  /** What only the desk sees. */
  get more(): View {
    return this.link.desk ?? NONE
  }
  get ready(): boolean {
    return Boolean(this.floor && (this.link.desk || !this.moderates))
  }
  get facilitates(): boolean {
    return this.link.roles.includes('facilitator')
  }
  /** The meeting has ended: what is left is writing. */
  get over(): boolean {
    return this.floor?.meeting.state === 'ended'
  }
  get moderates(): boolean {
    return this.facilitates || this.link.roles.includes('moderator')
  }
  /** Runs clocks and lists of speakers. */
  get keepsTime(): boolean {
    return this.facilitates || this.link.roles.includes('timekeeper')
  }
  /** Where people join, as one types it. */
  get joinUrl(): string {
    return `${location.protocol}//${this.address}/${this.floor?.meeting.code ?? ''}`
  }

  get agenda(): (Activity & { id: string })[] {
    return byRank(this.floor?.agenda)
  }
  /** The questions activity on the screen: the chosen one, else the one on stage, else an open one, else the next. */
  get activity(): (Activity & { id: string }) | undefined {
    const all = this.agenda.filter((one) => one.kind === 'questions')
    return (
      all.find((one) => one.id === this.chosen) ??
      all.find((one) => one.id === this.floor?.meeting.stage) ??
      all.find((one) => one.state === 'open') ??
      all.find((one) => one.state === 'planned') ??
      all[all.length - 1]
    )
  }
  /** The group work on the screen: the chosen one, else the one on stage while nothing is chosen. */
  get work(): string | undefined {
    const id = this.chosen ?? this.floor?.meeting.stage
    return id && this.floor?.agenda[id]?.kind === 'groups' ? id : undefined
  }
  /** The debate or discussion on the screen, found as group work is. */
  get led(): (Activity & { id: string }) | undefined {
    const id = this.chosen ?? this.floor?.meeting.stage
    const item = id ? this.floor?.agenda[id] : undefined
    return id && item && (item.kind === 'debate' || item.kind === 'discussion') ? { id, ...item } : undefined
  }
  /** The one question that has the floor. */
  get featured(): (Question & { id: string }) | undefined {
    const id = this.floor?.meeting.featured
    const one = id ? this.floor?.questions[id] : undefined
    return id && one ? { id, ...one } : undefined
  }
  /** The text of a question wherever it stands now. */
  text(id: string): string {
    const { waiting, dismissed, merged } = this.more
    return (this.floor?.questions[id] ?? waiting[id] ?? dismissed[id] ?? merged[id])?.text ?? ''
  }
  /** Votes as the desk knows them, also while the hall does not see them. */
  votes = (id: string): number | undefined => {
    return this.floor?.questions[id]?.votes ?? this.more.votes?.[id]
  }
  /** The order an activity's questions stand in. */
  orderOf(activity: Activity): Order {
    return activity.order ?? 'top'
  }

  /** Sends a command and says so when a rule said no. */
  async do(wish: Command, as?: string): Promise<boolean> {
    const sending = this.link.send(wish, as ? { as } : {})
    const refusal = await sending.done
    if (refusal) this.#refused(refusal)
    return !refusal
  }

  #refused(refusal: Refusal): void {
    this.problems = [...this.problems.slice(-2), { id: ++this.#count, refusal }]
  }

  putAway = (id: number): void => {
    this.problems = this.problems.filter((one) => one.id !== id)
  }

  /** Commands still on their way that are about this thing. */
  underway(id: string): Sending | undefined {
    return this.link.own.list.find((one) => Object.values(one.wish).some((says) => mentions(says, id)))
  }

  async merge(from: string, into: string): Promise<void> {
    const note = { from, text: this.text(from), into }
    if (await this.do({ merge: { from, into } })) this.merges = [note, ...this.merges.slice(0, 4)]
  }

  async unmerge(question: string): Promise<void> {
    if (await this.do({ unmerge: { question } })) this.merges = this.merges.filter((one) => one.from !== question)
  }

  /** "Answered" and the next one in one go. */
  async next(id: string): Promise<void> {
    const now = this.featured
    if (now) void this.do({ answer: { question: now.id } })
    await this.do({ feature: { question: id } })
  }

  switchKeys(on: boolean): void {
    this.keys = on
    remember('desk.keys', on)
  }
}

/** What a role reads, as docs/WIRE.md says. */
function readBy(roles: readonly Role[]): string[] {
  const audiences = ['floor']
  if (roles.includes('facilitator') || roles.includes('moderator')) audiences.push('desk')
  if (roles.includes('facilitator')) audiences.push('care')
  if (roles.includes('contact')) audiences.push('concerns')
  return audiences
}

function mentions(says: unknown, id: string): boolean {
  return typeof says === 'object' && says !== null && Object.values(says).includes(id)
}

/** The roles that have a screen to open, in the order they are offered. */
export const HANDED_OUT: readonly Role[] = ['facilitator', 'moderator', 'timekeeper', 'judge', 'stage', 'contact']

const KEY = Symbol('desk')
export const provideDesk = (desk: Desk): Desk => setContext(KEY, desk)
export const useDesk = (): Desk => getContext<Desk>(KEY)
