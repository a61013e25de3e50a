// One group work of the agenda as the desk's screens read it: settings, tables in their order, people, the draft.
// Reads what the server says; knows no rule of the meeting.
import { getContext, setContext } from 'svelte'
import type { Activity, Commands, DeskGroup, DeskLetter, DeskMember, DeskPlan, DeskWork, FloorWork } from '../../wire/index.ts'
import { t } from '../../i18n/index.svelte.ts'
import { recall, remember } from '../../lib/storage/store.ts'
import type { Desk } from '../state/desk.svelte.ts'

export interface Table extends DeskGroup {
  id: string
  people: number
  /** Its place in the order of reports, from 1. */
  order: number | undefined
  reported: boolean
}
export interface Member extends DeskMember {
  seat: string
}
/** What a plan was asked for. */
export interface Wish { only_here?: boolean; fixed?: Record<string, number> }
export type Settings = Omit<Commands['set_groups'], 'activity'>

/** How a group work runs before anything was set. */
const NEW: DeskWork = {
  how: 'mixed', tables: 0, size: 5, rounds: 1, lines: [], seconds: 0, dots: 3, together: [], apart: [], stay: {}, step_free: [], unseated: {},
}

export class Work {
  readonly desk: Desk
  #id = $state('')
  /** What the last plan was asked for, so that it can be drawn again. */
  wish: Wish = {}

  constructor(desk: Desk, id: string) {
    this.desk = desk
    this.#id = id
  }

  get id(): string {
    return this.#id
  }
  /** Looks at another group work. */
  turnTo(id: string): void {
    this.#id = id
  }

  get item(): (Activity & { id: string }) | undefined {
    const item = this.desk.floor?.agenda[this.id]
    return item && { id: this.id, ...item }
  }
  get settings(): DeskWork {
    return this.desk.more.works?.[this.id] ?? NEW
  }
  get floor(): FloorWork | undefined {
    return this.desk.floor?.works?.[this.id]
  }
  get draft(): DeskPlan | undefined {
    return this.settings.draft
  }
  /** From 1; 0: nobody sits yet. */
  get round(): number {
    return this.floor?.round ?? 0
  }
  get rounds(): number {
    return this.floor?.rounds ?? this.settings.rounds
  }
  get running(): boolean {
    return this.round > 0
  }
  get ended(): boolean {
    return this.floor?.state === 'ended'
  }
  get turn_s(): number {
    return this.floor?.turn_s ?? 120
  }

  get tables(): Table[] {
    const shown = this.desk.floor?.groups ?? {}
    const own = Object.entries(this.desk.more.groups ?? {}).filter(([, group]) => group.activity === this.id)
    return own
      .map(([id, group]) => ({
        ...group, id, people: Object.keys(group.members).length, order: shown[id]?.order, reported: shown[id]?.reported ?? false,
      }))
      .sort((one, other) => one.number - other.number)
  }
  table(id: string | undefined): Table | undefined {
    return this.tables.find((one) => one.id === id)
  }
  get letters(): (DeskLetter & { id: string })[] {
    return Object.entries(this.desk.more.letters ?? {})
      .filter(([, letter]) => letter.activity === this.id)
      .map(([id, letter]) => ({ id, ...letter }))
      .sort((one, other) => other.at - one.at)
  }

  get unseated(): Member[] {
    return members(this.settings.unseated)
  }
  /** Everybody who takes part, seated or not. */
  get people(): Member[] {
    const all = { ...this.settings.unseated }
    for (const table of this.tables) Object.assign(all, table.members)
    return members(all)
  }
  get seated(): number {
    return this.tables.reduce((sum, table) => sum + table.people, 0)
  }

  set = (what: Settings): Promise<boolean> => this.desk.do({ set_groups: { activity: this.id, ...what } })
  constrain = (what: { together?: string[][]; apart?: string[][]; hosts?: Record<string, string>; step_free?: string[] }): Promise<boolean> =>
    this.desk.do({ constrain: { activity: this.id, ...what } })

  /** When most tables end, the latest if there are several; absent: no clock runs. One that differs says so itself. */
  get usual_end(): number | undefined {
    const ends = new Map<number, number>()
    for (const { ends_at, ended } of this.tables) if (ends_at && !ended) ends.set(ends_at, (ends.get(ends_at) ?? 0) + 1)
    return [...ends].sort(([at, many], [other, more]) => more - many || other - at)[0]?.[0]
  }

  /** Minutes there are for reporting back, as this desk was told. */
  get have(): number {
    const kept = recall<number>(`reports.${this.id}`)
    return kept ?? 20
  }
  keepHave(minutes: number): void {
    remember(`reports.${this.id}`, minutes)
  }
}

export function members(of: Record<string, DeskMember>): Member[] {
  return Object.entries(of).map(([seat, one]) => ({ seat, ...one })).sort((one, other) => named(one).localeCompare(named(other)) || one.seat.localeCompare(other.seat))
}

/** What a person is called on the desk: their name, else what they said they are, else that they gave no name. */
export function named(one: DeskMember | undefined): string {
  if (!one) return t('unnamed')
  const tags = Object.keys(one.tags ?? {})
  const who = one.name ?? (tags.length ? t('desk_g_unnamed_tag', { tag: tags.join(', ') }) : t('unnamed'))
  return one.proxy ? t('desk_g_paper', { who }) : who
}

/** A table in words: its number and name. */
export function tableName(table: { number: number; name?: string }): string {
  return table.name ? t('desk_g_table_named', { n: table.number, name: table.name }) : t('desk_g_table', { n: table.number })
}

/** Help calls of all group work, the longest waiting first. */
export function callsOf(desk: Desk): (DeskGroup & { id: string })[] {
  return Object.entries(desk.more.groups ?? {})
    .filter(([, group]) => group.help)
    .map(([id, group]) => ({ id, ...group }))
    .sort((one, other) => one.help!.at - other.help!.at)
}

const KEY = Symbol('work')
export const provideWork = (work: Work): Work => setContext(KEY, work)
export const useWork = (): Work => getContext<Work>(KEY)
