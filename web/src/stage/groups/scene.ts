// Which picture of group work the hall sees, chosen from the floor alone. Knows no clock and draws nothing.
import type { Floor, FloorGroup, FloorReport, FloorWork } from '../../wire/index.ts'

export interface Table extends FloorGroup {
  id: string
}

export type Scene =
  /** Nobody sits yet. */
  | { is: 'making' }
  /** People look for their table, or choose one. */
  | { is: 'seats'; choose: boolean; tables: Table[] }
  /** Tables work; without `ends_at` no clock runs. */
  | { is: 'work'; ends_at?: number; task?: string; ready: Table[]; tables: number }
  /** Counting down to the end. */
  | { is: 'ending'; at: number }
  /** A table has the floor. */
  | { is: 'report'; table: Table; report?: FloorReport; next: Table[]; ends_at?: number; left_ms?: number }
  /** The work is over, tables still have to report. */
  | { is: 'between'; next: Table[] }
  | { is: 'done'; reported: number }

/** At most four things at once: the code, who reports, what they say, who comes next. */
const NEXT = 2

export function scene(floor: Floor, activity: string): Scene {
  const work = floor.works[activity]
  if (!work || work.round === 0) return { is: 'making' }
  const tables = tablesOf(floor, activity)
  const next = queue(tables, work)
  const reporting = work.reporting ? tables.find(({ id }) => id === work.reporting) : undefined
  if (reporting) return reportOf(floor, work, reporting, next)
  if (work.state === 'ended') {
    const reports = work.reported > 0 || tables.some(({ order }) => order !== undefined)
    return reports && next.length > 0 ? { is: 'between', next: next.slice(0, NEXT) } : { is: 'done', reported: work.reported }
  }
  if (work.ending_at !== undefined) return { is: 'ending', at: work.ending_at }
  const ready = tables.filter((table) => table.ready || table.ended)
  if (work.ends_at === undefined && ready.length === 0) return { is: 'seats', choose: work.how === 'self_chosen', tables }
  return { is: 'work', ready, tables: work.tables, ...defined('ends_at', work.ends_at), ...defined('task', work.task) }
}

/** Tables by number. */
function tablesOf(floor: Floor, activity: string): Table[] {
  return Object.entries(floor.groups)
    .filter(([, group]) => group.activity === activity)
    .map(([id, group]) => ({ ...group, id }))
    .sort((a, b) => a.number - b.number)
}

/** Who still has to report: those with a place first, then by number. */
function queue(tables: Table[], work: FloorWork): Table[] {
  return tables
    .filter(({ id, reported, people }) => !reported && id !== work.reporting && people > 0)
    .sort((a, b) => (a.order ?? Infinity) - (b.order ?? Infinity) || a.number - b.number)
}

function reportOf(floor: Floor, work: FloorWork, table: Table, next: Table[]): Scene {
  const report = floor.reports[table.id]
  return {
    is: 'report', table, next: next.slice(0, NEXT),
    ...defined('report', report), ...defined('ends_at', work.report_ends_at), ...defined('left_ms', work.report_left_ms),
  }
}

function defined<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]: V })
}

/** What a table shows when it reports: answers, then cards, then the beginning of its notes. */
export type Shown =
  | { is: 'line'; key: string; label: string; text: string }
  | { is: 'card'; key: string; text: string; dots: number; also: number }
  | { is: 'notes'; key: string; text: string }

export function shownOf(report: FloorReport | undefined): Shown[] {
  if (!report) return []
  const lines = Object.entries(report.lines).sort(([a], [b]) => Number(a) - Number(b))
  const cards = Object.entries(report.cards).sort(([, a], [, b]) => a.place - b.place)
  return [
    ...lines.map(([key, line]): Shown => ({ is: 'line', key: `line ${key}`, ...line })),
    ...cards.map(([key, { text, dots, also }]): Shown => ({ is: 'card', key, text, dots: dots ?? 0, also: also ?? 0 })),
    ...(report.notes ? [{ is: 'notes', key: 'notes', text: report.notes } as const] : []),
  ]
}
