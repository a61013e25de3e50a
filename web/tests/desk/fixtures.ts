// A meeting with debates and a discussion as each audience's document shows it, one for every picture of the desk.
import type {
  Activity, Ballot, Chair, ChairDebate, ChairDiscussion, ChairHand, ChairPlace, Clock, ClockBell, Desk, DeskSeat, Floor, FloorDebate, FloorDiscussion, Format, ShownFormat,
} from '../../src/wire/index.ts'
import { FORMATS } from './formats.ts'

export const MEETING = '0191d2b4-6f0e-7c3a-9d55-2f1f0c9a7b11'
type Language = 'en' | 'az' | 'ru'
const NAMES = {
  en: ['Ada Lovelace', 'Tomas Novak', 'Mary Seacole', 'John Muir', 'Rosa Diaz', 'Ben Okri', 'Lena Fischer', 'Sam Carter'],
  az: ['Aysel Məmmədova', 'Elvin Quliyev', 'Nigar Həsənova', 'Rəşad Əliyev', 'Günel İsmayılova', 'Tural Abbasov', 'Leyla Kərimova', 'Orxan Şərifov'],
  ru: ['Анна Ковалёва', 'Пётр Соколов', 'Мария Черепанова', 'Иван Воскресенский', 'Ольга Зайцева', 'Денис Орлов', 'Елена Фёдорова', 'Сергей Морозов'],
}
const SAY = {
  en: { motion: 'This house would put a second teacher in every class', slide: 'In 2025 there was one assistant for every 41 classes in the city.', first: 'First school', second: 'Lyceum on the hill', about: 'the ramp at the entrance', teacher: 'teacher', parent: 'parent', student: 'student' },
  az: { motion: 'Hər sinifdə ikinci müəllim olmalıdır', slide: '2025-ci ildə şəhərdə 41 sinfə bir köməkçi düşürdü.', first: '1 nömrəli məktəb', second: 'Təpədəki lisey', about: 'girişdəki pandus', teacher: 'müəllim', parent: 'valideyn', student: 'şagird' },
  ru: { motion: 'В каждом классе общеобразовательной школы нужен второй учитель', slide: 'В 2025 году в городе был один ассистент на 41 класс.', first: 'Первая школа', second: 'Лицей на холме', about: 'пандус у входа', teacher: 'учитель', parent: 'родитель', student: 'ученик' },
}
export const PEOPLE = NAMES.en.map((name, at) => ({ seat: `s${at}`, name, tags: { teacher: true }, here: true }))

const bell = (at_s: number, rings: number, phase?: string): ClockBell => ({ at: at_s * 1000, rings, ...(phase ? { phase, ...(phase === 'pois-allowed' ? { points: true } : {}) } : {}) })
const BELLS = [bell(60, 1, 'pois-allowed'), bell(240, 1, 'warning'), bell(300, 2, 'overtime'), bell(315, 3)]
const clock = (state: Clock['state'], spent_s: number, length_s: number, bells: ClockBell[], now: number): Clock => ({
  state, spent: state === 'running' ? 0 : spent_s * 1000, length: length_s * 1000, bells, ...(state === 'running' ? { since: now - spent_s * 1000 } : {}),
} as Clock)

function shownFormat(format: Format): ShownFormat {
  return {
    id: format.id, name: format.name, names: format.names, counts: format.counts, speakers: format.speakers, sides: format.sides,
    segments: format.segments.map(({ name, names, kind, owner, place, length_s }) => ({ name, names, kind, owner, length_s, ...(place ? { place } : {}) })),
    phases: Object.fromEntries(Object.entries(format.phases).map(([id, { name, names }]) => [id, { en: name, ...names }])),
    ...(format.points.from_seats ? { points_from_seats: true } : {}), ...(format.audience_vote ? { audience_vote: true } : {}),
    ...(format.preparation ? { preparation_s: format.preparation.length_s } : {}), ...(format.bank_s ? { bank_s: format.bank_s } : {}),
  }
}

const BALLOT: Ballot = { marks: { 0: { place: 1, score: 750 }, 1: { place: 1, score: 800 }, 2: { place: 2, score: 700, remark: 'Listen to the question first.' }, 3: { place: 2, score: 850, twice: true } }, ranks: {}, winner: 'opposition', remark: 'Close, but the second speech answered more.' }

export interface Documents { views: Record<string, unknown>; roles: string[] }

/** Everything that is shown in a state: `talk…` a discussion, all others a debate. */
export function documents(state: string, language: Language, now: number): Documents {
  const say = SAY[language]
  const names = NAMES[language]
  const formatOf = (id: string): Format => FORMATS.find((one) => one.id === id)!
  const format = { ...formatOf(/vote|swing/.test(state) ? 'oxford' : state === 'four' ? 'british-parliamentary' : state === 'free' ? 'jugend-debattiert' : 'school-mini') }
  if (state === 'running') format.points = { ...format.points, from_seats: false }
  const only = state.startsWith('only')
  const part = state.replace('only-', '')
  const kinds: readonly (readonly [string, Activity['kind'], string])[] = [['q', 'questions', 'Questions'], ['t', 'discussion', language === 'ru' ? 'Обсуждение с залом' : language === 'az' ? 'Zalla müzakirə' : 'Open discussion'], ['d', 'debate', language === 'ru' ? 'Школьные дебаты' : language === 'az' ? 'Məktəb debatı' : 'School debate'], ['d2', 'debate', 'Room 2'], ['d3', 'debate', 'Room 3']]
  const agenda = Object.fromEntries(kinds.map(([id, kind, title], rank) => [id, { kind, title, rank, state: id === 'q' ? 'closed' : 'open', minutes: 30 } as Activity]))

  const stage: FloorDebate['stage'] = /^(setup|editor)/.test(part) ? 'setup' : part === 'prep' ? 'preparation' : /^(judging|swing)/.test(part) ? 'over' : 'segment'
  const at = part === 'free' ? 4 : part === 'vote' ? 0 : 2
  const segment = format.segments[at]!
  const clocks: Record<string, Clock> = {
    ready: clock('ready', 0, 300, BELLS, now), over: clock('running', 309, 300, BELLS, now), paused: clock('paused', 121, 300, BELLS, now), done: clock('done', 288, 300, BELLS, now),
    prep: clock('running', 431, 900, [bell(840, 1), bell(900, 2)], now), vote: clock('ready', 0, 60, [bell(60, 2)], now),
    bar: { state: 'running', spent: 400, since: now, length: 1000, rate: 3000, bar: true, bells: [{ at: 200, rings: 1, phase: 'pois-allowed', points: true }, { at: 1000, rings: 2, phase: 'overtime' }] } as Clock,
  }
  const now_clock = clocks[part] ?? clock('running', 162, 300, BELLS, now)
  const side = (at: number, who: string) => ({ team: [say.first, say.second][at]!, team_id: `team${at}`, speakers: { 1: names[at * 2]!, 2: who }, free: [] })
  const debate: FloorDebate = {
    format: shownFormat(format), ...(stage === 'setup' ? {} : { motion: say.motion, slide: say.slide, released_at: now - 900_000 }), stage, ...(stage === 'segment' ? { segment: at } : {}),
    sides: Object.fromEntries(format.sides.map((one, place) => [one.id, side(place % 2, names[place * 2 + 1] ?? '')])), clock: now_clock,
    ...(stage === 'segment' ? { speaking: { segment: at, side: segment.owner, place: 2, name: names[1]!, team: say.first }, next: { segment: at + 1, side: format.sides[1]!.id, place: 2, name: names[3]!, team: say.second } } : {}),
    banks: format.bank_s ? Object.fromEntries(format.sides.map((one, place) => [one.id, clock('paused', place * 45, format.bank_s, [], now)])) : {},
    free: part === 'free' ? Object.fromEntries(format.sides.map((one, place) => [one.id, place ? clock('paused', 99, 360, [], now) : clock('running', 142, 360, [], now)])) : {},
    ...(part === 'running' ? { point: { side: 'opposition', name: names[2]!, clock: clock('running', 6, 15, [], now) } } : {}),
    points: { opposition: { offered: 4, taken: 2 } }, rings: part === 'ready' ? 'chair' : 'stage', voted: { before: 61 }, ...(part === 'vote' ? { vote: 'before' as const } : {}),
  }
  if (part === 'free') debate.speaking = { segment: at, side: format.sides[0]!.id }
  const swing = { before: { proposition: 31, opposition: 22, undecided: 35 }, after: { proposition: 38, opposition: 45, undecided: 5 }, gains: { proposition: 80, opposition: 261, undecided: -341 }, winner: 'opposition', flow: { proposition: { proposition: 28, opposition: 3, undecided: 0 }, opposition: { proposition: 1, opposition: 21, undecided: 0 }, undecided: { proposition: 9, opposition: 21, undecided: 5 } } }
  const second = (place: number): ChairPlace => (part === 'setup-teams' && place === 1 ? { claims: { s5: names[5]! } } : { name: names[place * 2 + 1]!, claims: {}, ...(part === 'bar' ? { factor: 150 } : {}) })
  const chair: ChairDebate = {
    format, ...(state === 'setup' ? {} : { motion: say.motion, slide: say.slide }), clock: now_clock,
    sides: Object.fromEntries(format.sides.map((one, place) => [one.id, { team: `team${place}`, name: [say.first, say.second][place % 2]!, places: { 1: { name: names[place * 2]!, seat: `s${place}`, claims: {} }, 2: second(place) } }])),
    offers: {}, points: { opposition: { 1: { offered: 4, taken: 2 } } }, chairs: [],
    judges: [{ seat: 'j1', name: names[4]!, ballot: part === 'judging' ? 'handed_in' : part === 'swing' ? 'confirmed' : 'empty', ...(part === 'judging' ? { handed_in: BALLOT } : {}) }, { seat: 'j2', name: names[5]!, ballot: part === 'judging' ? 'confirmed' : 'draft', ...(part === 'judging' ? { handed_in: BALLOT } : {}) }],
    motions: part === 'setup-motion' ? { m1: { text: say.motion, ranks: { proposition: 1, opposition: 2 }, vetoes: [] }, m2: { text: say.slide, ranks: {}, vetoes: ['opposition'] } } : {}, voted: { before: 88, after: 88 }, ...(part === 'swing' ? { swing } : {}),
    ...(part === 'judging' ? { result: { winner: 'opposition', ranks: {}, votes: { opposition: 2 }, judges: 2, totals: { proposition: 1450, opposition: 1650 } } } : {}),
    ...(only && part === 'paused' ? { needs_help: now - 75_000 } : {}),
  }
  const rest: FloorDebate = { ...debate, stage: 'preparation', clock: clocks['prep']!, banks: {} }
  delete rest.segment; delete rest.speaking; delete rest.next; delete rest.point

  const hand = (place: number, more: Partial<ChairHand>): ChairHand => ({ hand: 10 + place, seat: `s${place}`, name: names[place]!, tags: [say.teacher], kind: 'ordinary', why: 'first_come', at: now - place * 47_000, ...more })
  const line: Record<number, ChairHand> = part === 'talk-empty' ? {} : {
    1: hand(1, { kind: 'point_of_order', why: 'point_of_order', at: now - 20_000 }), 2: hand(2, { why: 'first_time', tags: [say.parent], about: say.about, stance: 'for' }),
    3: hand(3, { why: 'first_time', tags: [say.student], factor: 150 }), 4: { question: 'q1', tags: [], kind: 'ordinary', why: 'takes_turns', at: now - 200_000 },
    5: hand(5, { why: 'spoken_before', stance: 'against' }), 6: { hand: 16, seat: 'p1', tags: [say.parent], kind: 'ordinary', why: 'spoken_before', proxy: true, at: now - 400_000, name: names[6]! },
  }
  const speech = clock('running', 74, 120, [bell(90, 0), bell(120, 1)], now)
  const talking: ChairHand = { hand: 9, seat: 's0', name: names[0]!, tags: [say.teacher], kind: part === 'talk-reply' ? 'reply' : 'ordinary', stance: 'for', about: say.about, at: now - 300_000, clock: speech }
  const discussion: ChairDiscussion = {
    tags: [say.teacher, say.parent, say.student], order_when_closed: true, line, ...(part === 'talk-empty' ? { last: 9 } : { speaking: talking, last: 8 }), ...(part === 'talk-reply' ? { interrupted: hand(5, { kind: 'ordinary' }) } : {}),
    people: part === 'talk-empty' ? {} : { s0: { ms: 101_000, turns: 1 }, s5: { ms: 222_000, turns: 2 }, p1: { ms: 80_000, turns: 1 } },
    balance: part === 'talk-empty' ? {} : { [say.teacher]: { ms: 480_000, turns: 5 }, [say.parent]: { ms: 160_000, turns: 2 }, [say.student]: { ms: 60_000, turns: 1 } }, stances: part === 'talk-empty' ? {} : { for: { ms: 300_000, turns: 3 }, against: { ms: 270_000, turns: 3 } },
  }
  const talk: FloorDiscussion = { order: 'first_timers', speech_s: 120, stances: true, one_queue: true, hands: 5, written: 1, line: {}, ...(part === 'talk-reply' ? { closed: true } : {}), ...(part === 'talk-empty' ? {} : { speaking: { hand: 9, kind: 'ordinary', first: true, clock: speech } }) }

  const shownNow = part.startsWith('talk') ? 't' : 'd'
  const floor: Floor = {
    meeting: { title: 'Inclusive schools · Baku, 3 of 4', code: '473096', state: 'live', stage: shownNow, ask: { [say.teacher]: true, [say.parent]: true, [say.student]: true } },
    agenda, questions: { q1: { activity: 'q', text: 'Who pays for the ramp?', state: 'listed', votes: 24, at: now - 900_000 } }, works: {}, groups: {}, reports: {},
    discussions: { t: talk }, debates: { d: debate, d2: rest, d3: { ...rest, stage: 'over' } }, here: 104, asked: 12, listed: 9, merged: 1, dismissed: 2,
  }
  const seats: Record<string, DeskSeat> = { j1: { name: names[4]!, roles: { judge: true } }, k1: { name: names[7]!, roles: { timekeeper: true } } }
  const desk: Desk = {
    waiting: {}, dismissed: {}, private: {}, merged: {}, authors: {}, votes: {}, suggestions: {}, seats, links: {}, works: {}, groups: {},
    debates: { d: { claims: 0, ballots: 1, judges: 2 }, d2: { claims: 2, ballots: 0, judges: 1, needs_help: now - 95_000 }, d3: { claims: 0, ballots: 1, judges: 1 } },
    teams: { team0: { name: say.first, from: 'Baku', debates: { d: 'proposition' }, wins: 2, score: 45_150, rank: 1 }, team1: { name: say.second, debates: { d: 'opposition' }, wins: 1, score: 44_900, rank: 2 }, team2: { name: 'Third school', debates: {}, wins: 0, score: 43_000, rank: 3 } },
    letters: {}, counts: { seats: 104, proxies: 3, waiting: 0, private: 0, concerns_open: 0 },
  }
  const chairs: Record<string, Chair> = { 'chair/d': { debate: chair }, 'chair/t': { discussion } }
  return only ? { roles: ['timekeeper'], views: { floor, mine: {}, ...chairs } } : { roles: ['facilitator'], views: { floor, desk, care: { needs: {} }, mine: {}, ...chairs } }
}
