// Debates and discussions as the floor shows them, one for every picture of the stage. `NOW` is the time they are seen at.
import type { Clock, ClockBell, Floor, FloorDebate, FloorDiscussion, Kind, ShownFormat, ShownSegment, ShownSide, Side } from '../../src/wire/index.ts'

export const NOW = 1_800_000_000_000

type Language = 'en' | 'az' | 'ru'
const say = (language: Language, en: string, az: string, ru: string): string => ({ en, az, ru })[language]

const bell = (at_s: number, rings: number, phase?: string): ClockBell => ({ at: at_s * 1_000, rings, ...(phase ? { phase, ...(phase === 'pois-allowed' ? { points: true } : {}) } : {}) })
const BELLS = [bell(60, 1, 'pois-allowed'), bell(360, 1, 'warning'), bell(420, 2, 'overtime'), bell(435, 3)]

/** A clock that has come to `shown_s` at NOW. */
function running(shown_s: number, length_s = 420, bells = BELLS): Clock {
  return { state: 'running', spent: 0, since: NOW - shown_s * 1_000, length: length_s * 1_000, bells } as unknown as Clock
}
function standing(state: Clock['state'], spent_s: number, length_s = 420, bells = BELLS): Clock {
  return { state, spent: spent_s * 1_000, length: length_s * 1_000, bells } as unknown as Clock
}
function bar(share: number, state: Clock['state'] = 'running'): Clock {
  const bells = [{ at: 143, rings: 1, phase: 'pois-allowed', points: true }, { at: 857, rings: 1, phase: 'warning' }, { at: 1_000, rings: 2, phase: 'overtime' }]
  return { state, spent: share * 1_000, ...(state === 'running' ? { since: NOW } : {}), rate: 1_904_762, length: 1_000, bar: true, bells } as unknown as Clock
}

const side = (id: string, name: string, az: string, ru: string): Side => ({ id, name, names: { az, ru } })
const TWO = [side('proposition', 'Proposition', 'Təklif', 'Утверждение'), side('opposition', 'Opposition', 'Müxalifət', 'Оппозиция')]
const FOUR = [
  side('opening_government', 'Opening government', 'Açılış hökuməti', 'Открывающее правительство'), side('opening_opposition', 'Opening opposition', 'Açılış müxalifəti', 'Открывающая оппозиция'),
  side('closing_government', 'Closing government', 'Bağlanış hökuməti', 'Закрывающее правительство'), side('closing_opposition', 'Closing opposition', 'Bağlanış müxalifəti', 'Закрывающая оппозиция'),
]
const segment = (name: string, az: string, ru: string, kind: Kind, owner: string, place?: number): ShownSegment => ({ name, names: { az, ru }, kind, owner, ...(place ? { place } : {}), length_s: 420 })

const SCHOOL: ShownFormat = {
  id: 'school-mini', name: 'School mini-debate', names: {}, counts: 'down', speakers: 2, sides: TWO, phases: { 'no-points': { en: 'No points of information', az: 'Sual vermək olmaz', ru: 'Без вопросов' } }, points_from_seats: true, audience_vote: true, bank_s: 120,
  segments: [
    segment('First proposition speech', 'Təklif, 1-ci çıxış', 'Утверждение, 1-я речь', 'speech', 'proposition', 1), segment('First opposition speech', 'Müxalifət, 1-ci çıxış', 'Оппозиция, 1-я речь', 'speech', 'opposition', 1),
    segment('Opposition reply', 'Müxalifət, yekun cavab', 'Оппозиция, ответная речь', 'reply', 'opposition'), segment('Free debate', 'Sərbəst debat', 'Свободные дебаты', 'free', 'both'), segment('Questions from the hall', 'Zaldan suallar', 'Вопросы из зала', 'floor', 'nobody'),
  ],
}
const BP: ShownFormat = {
  id: 'british-parliamentary', name: 'British Parliamentary', names: {}, counts: 'up', speakers: 2, sides: FOUR, phases: {},
  segments: [
    segment('Prime Minister', 'Baş nazir', 'Премьер-министр', 'speech', 'opening_government', 1), segment('Leader of the Opposition', 'Müxalifət lideri', 'Лидер оппозиции', 'speech', 'opening_opposition', 1),
    segment('Deputy Prime Minister', 'Baş nazirin müavini', 'Заместитель премьер-министра', 'speech', 'opening_government', 2), segment('Deputy Leader of the Opposition', 'Müxalifət liderinin müavini', 'Заместитель лидера оппозиции', 'speech', 'opening_opposition', 2),
    segment('Member for the Government', 'Hökumət üzvü', 'Член правительства', 'speech', 'closing_government', 1), segment('Member for the Opposition', 'Müxalifət üzvü', 'Член оппозиции', 'speech', 'closing_opposition', 1),
  ],
}

const motionOf = (language: Language): string => say(language,
  'This house would put a second teacher in every class before building a new school anywhere in the country',
  'Bu palata ölkənin hər hansı yerində yeni məktəb tikməzdən əvvəl hər sinfə ikinci müəllim təyin edərdi',
  'Эта палата дала бы в каждый класс второго учителя, прежде чем строить где-либо в стране новую школу')
const slideOf = (language: Language): string => say(language,
  'A second teacher works in the same lesson as the class teacher, for all children. Today one class in nine has an assistant for one child. A new school for 600 children costs as much as 140 teachers for ten years.',
  'İkinci müəllim sinif müəllimi ilə eyni dərsdə, bütün uşaqlar üçün işləyir. Bu gün doqquz sinifdən birində bir uşaq üçün köməkçi var. 600 uşaqlıq yeni məktəb on il ərzində 140 müəllimin maaşı qədərdir.',
  'Второй учитель работает на том же уроке, что и классный, — для всех детей. Сегодня помощник для одного ребёнка есть в одном классе из девяти. Новая школа на 600 детей стоит столько же, сколько 140 учителей за десять лет.')

const names = (language: Language): [string, string] => [say(language, 'Leyla Mammadova', 'Leyla Məmmədova', 'Лейла Мамедова-Абдуллаева'), say(language, 'Tural Aliyev', 'Tural Əliyev-Hüseynzadə', 'Турал Алиев')]
const teams = (language: Language): [string, string] => [say(language, 'Baku School 6', 'Bakı 6 nömrəli tam orta məktəb', 'Бакинская средняя школа № 6'), say(language, 'Sumgait Lyceum', 'Sumqayıt Texniki Humanitar Lisey', 'Сумгаитский технический лицей')]

function school(language: Language, more: Partial<FloorDebate>): FloorDebate {
  const [a, b] = teams(language)
  const one = (team: string): ShownSide => ({ team, speakers: {}, free: [] })
  return {
    format: SCHOOL, motion: motionOf(language), sides: { proposition: one(a), opposition: one(b) }, stage: 'segment', segment: 0, clock: running(159), banks: {}, free: {}, points: {}, rings: 'nobody', voted: {},
    speaking: { segment: 0, side: 'proposition', place: 1, name: names(language)[0], team: a }, next: { segment: 1, side: 'opposition', place: 1, name: names(language)[1], team: b }, ...more,
  }
}
function british(language: Language, more: Partial<FloorDebate>): FloorDebate {
  const sides = Object.fromEntries(FOUR.map(({ id }, place) => [id, { team: `${teams(language)[place % 2]} ${'ABCD'[place]}`, speakers: {}, free: [] }]))
  return {
    format: BP, motion: motionOf(language), sides, stage: 'segment', segment: 2, clock: running(159), banks: {}, free: {}, points: {}, rings: 'nobody', voted: {},
    speaking: { segment: 2, side: 'opening_government', place: 2, team: sides['opening_government']!.team }, next: { segment: 3, side: 'opening_opposition', place: 2, team: sides['opening_opposition']!.team }, ...more,
  }
}
const without = (debate: FloorDebate, ...keys: (keyof FloorDebate)[]): FloorDebate => Object.fromEntries(Object.entries(debate).filter(([key]) => !keys.includes(key as keyof FloorDebate))) as unknown as FloorDebate

export const DEBATES: Record<string, (language: Language) => FloorDebate> = {
  setup: (l) => without(school(l, { stage: 'setup', clock: standing('ready', 0, 0, []) }), 'motion', 'speaking', 'next', 'segment'),
  'setup-four': (l) => without(british(l, { stage: 'setup', clock: standing('ready', 0, 0, []) }), 'motion', 'speaking', 'next', 'segment'),
  'preparation': (l) => without(school(l, { stage: 'preparation', clock: running(187, 900, [bell(900, 2)]) }), 'speaking', 'segment'),
  'preparation-slide': (l) => without(school(l, { stage: 'preparation', slide: slideOf(l), clock: running(187, 900, [bell(900, 2)]) }), 'speaking', 'segment'),
  'slide-before-start': (l) => without(school(l, { slide: slideOf(l), clock: standing('ready', 0), next: { segment: 0, side: 'proposition', place: 1, name: names(l)[0], team: teams(l)[0] } }), 'speaking'),
  ready: (l) => school(l, { clock: standing('ready', 0) }),
  protected: (l) => school(l, { clock: running(21) }),
  points: (l) => school(l, { clock: running(159) }),
  'last-minute': (l) => school(l, { clock: running(372) }),
  over: (l) => school(l, { clock: running(432) }),
  'over-long': (l) => school(l, { clock: running(420 + 615) }),
  paused: (l) => school(l, { clock: standing('paused', 159) }),
  'paused-over': (l) => school(l, { clock: standing('paused', 432) }),
  interpreting: (l) => school(l, { clock: standing('interpreting', 159) }),
  point: (l) => school(l, { clock: running(159), point: { side: 'opposition', name: names(l)[1], clock: running(6, 15, []) } }),
  bar: (l) => school(l, { clock: bar(0.4) }),
  'bar-paused': (l) => school(l, { clock: bar(0.1, 'paused') }),
  'bar-over': (l) => school(l, { clock: bar(1.02) }),
  reply: (l) => school(l, { segment: 2, clock: { ...running(20, 240, [bell(240, 2, 'overtime')]), phase: 'no-points' }, speaking: { segment: 2, side: 'opposition', place: 2, name: names(l)[1], team: teams(l)[1] }, next: { segment: 3 } }),
  between: (l) => without(school(l, { clock: standing('done', 417) }), 'speaking'),
  bank: (l) => without(school(l, { clock: standing('done', 417), banks: { proposition: standing('paused', 30, 120, []), opposition: running(41, 120, []) } }), 'speaking'),
  free: (l) => without(school(l, { segment: 3, clock: running(300, 720, [bell(705, 1), bell(720, 2)]), free: { proposition: running(171, 360, [bell(345, 1), bell(360, 2)]), opposition: standing('paused', 129, 360, [bell(345, 1), bell(360, 2)]) } }), 'speaking', 'next'),
  'free-over': (l) => without(school(l, { segment: 3, clock: standing('paused', 500, 720, []), free: { proposition: standing('paused', 368, 360, []), opposition: standing('paused', 129, 360, []) } }), 'speaking', 'next'),
  hall: (l) => without(school(l, { segment: 4, clock: running(300, 900, [bell(840, 1, 'warning'), bell(900, 2)]) }), 'speaking', 'next'),
  british: (l) => british(l, {}),
  'british-ready': (l) => without(british(l, { clock: standing('ready', 0), next: { segment: 2, side: 'opening_government', place: 2, team: british(l, {}).sides['opening_government']!.team } }), 'speaking'),
  'british-closing': (l) => british(l, { segment: 4, clock: running(402), speaking: { segment: 4, side: 'closing_government', place: 1, name: names(l)[0], team: british(l, {}).sides['closing_government']!.team }, next: { segment: 5, side: 'closing_opposition', place: 1, name: names(l)[1] } }),
  'vote-before': (l) => without(school(l, { vote: 'before', voted: { before: 47 } }), 'speaking'),
  'vote-after': (l) => without(school(l, { vote: 'after', voted: { before: 47, after: 21 } }), 'speaking'),
  swing: (l) => without(school(l, { stage: 'over', swing: { before: { proposition: 31, opposition: 24, undecided: 45 }, after: { proposition: 38, opposition: 47, undecided: 15 }, gains: { proposition: 70, opposition: 230 }, winner: 'opposition', flow: { proposition: { proposition: 24, opposition: 6, undecided: 1 }, opposition: { proposition: 3, opposition: 20, undecided: 1 }, undecided: { proposition: 11, opposition: 21, undecided: 13 } } } }), 'speaking', 'next'),
  'swing-few': (l) => without(school(l, { stage: 'over', swing: { before: { proposition: 3, opposition: 1 }, after: { proposition: 1, opposition: 3 }, gains: { proposition: -500, opposition: 500 }, winner: 'opposition' } }), 'speaking', 'next'),
  result: (l) => without(school(l, { stage: 'over', result: { winner: 'opposition', ranks: { opposition: 1, proposition: 2 }, votes: { opposition: 2, proposition: 1 }, judges: 3, totals: { proposition: 22450, opposition: 22700 } } }), 'speaking', 'next'),
  'result-minors': (l) => without(school(l, { stage: 'over', result: { winner: 'proposition', ranks: {}, votes: { proposition: 1 }, judges: 1, totals: {} } }), 'speaking', 'next'),
  'result-four': (l) => without(british(l, { stage: 'over', result: { winner: 'closing_opposition', ranks: { closing_opposition: 1, opening_government: 2, closing_government: 3, opening_opposition: 4 }, votes: {}, judges: 3, totals: { opening_government: 15200, opening_opposition: 14800, closing_government: 15050, closing_opposition: 15600 } } }), 'speaking', 'next'),
  'result-none': (l) => without(school(l, { stage: 'over', result: { ranks: {}, votes: {}, judges: 2, totals: {} } }), 'speaking', 'next'),
  finished: (l) => without(school(l, { stage: 'over' }), 'speaking', 'next'),
  bell: (l) => school(l, { clock: running(360) }),
  blocked: (l) => school(l, { rings: 'stage' }),
}

function discussion(language: Language, more: Partial<FloorDiscussion>): FloorDiscussion {
  const [a, b] = names(language)
  return {
    order: 'first_timers', stances: true, hands: 3,
    speaking: { hand: 4, name: a, tag: say(language, 'a teacher', 'müəllim', 'учительница'), kind: 'ordinary', stance: 'for', clock: running(75, 120, [bell(90, 0), bell(120, 1, 'overtime')]) },
    line: {
      1: { hand: 5, name: b, kind: 'reply', stance: 'against' }, 2: { hand: 6, tag: say(language, 'a parent', 'valideyn', 'родитель'), kind: 'ordinary', stance: 'for' }, 3: { hand: 7, kind: 'ordinary', stance: 'against' },
    },
    ...more,
  }
}
const silent = (one: FloorDiscussion): FloorDiscussion => Object.fromEntries(Object.entries(one).filter(([key]) => key !== 'speaking')) as unknown as FloorDiscussion

export const DISCUSSIONS: Record<string, (language: Language) => FloorDiscussion> = {
  'd-speaking': (l) => discussion(l, {}),
  'd-no-limit': (l) => discussion(l, { speaking: { hand: 4, kind: 'point_of_order', clock: running(75, 0, []) }, line: {} }),
  'd-over': (l) => discussion(l, { speaking: { hand: 4, kind: 'ordinary', tag: say(l, 'a parent', 'valideyn', 'родитель'), clock: running(131, 120, [bell(120, 1)]) }, closed: true }),
  'd-bar': (l) => discussion(l, { speaking: { hand: 4, name: names(l)[0], kind: 'ordinary', clock: { ...bar(0.7), bells: [{ at: 1_000, rings: 1, phase: 'overtime' }] } } }),
  'd-interrupted': (l) => discussion(l, { speaking: { hand: 9, name: names(l)[1], kind: 'reply', clock: running(12, 30, []) }, interrupted: { hand: 4, name: names(l)[0], kind: 'ordinary', stance: 'for', clock: standing('paused', 75, 120, []) } }),
  'd-queue': (l) => silent(discussion(l, { one_queue: true, written: 2, line: { 1: { question: 'q', kind: 'ordinary' }, 2: { hand: 5, name: names(l)[1], kind: 'ordinary', stance: 'against' }, 3: { question: 'r', kind: 'ordinary' } } })),
  'd-queue-speaking': (l) => discussion(l, { one_queue: true, written: 2, line: { 1: { question: 'q', kind: 'ordinary' }, 2: { hand: 5, name: names(l)[1], kind: 'point_of_order', stance: 'against' }, 3: { question: 'r', kind: 'ordinary' } } }),
  'd-empty': (l) => silent(discussion(l, { line: {}, hands: 0, one_queue: true })),
  'd-closed': (l) => silent(discussion(l, { line: {}, hands: 0, closed: true })),
}

export const STATES = [...Object.keys(DEBATES), ...Object.keys(DISCUSSIONS)]

export function floorOf(state: string, language: Language): Floor {
  const debate = DEBATES[state]?.(language)
  const talk = DISCUSSIONS[state]?.(language)
  return {
    meeting: { title: say(language, 'Inclusive schools', 'İnklüziv məktəblər', 'Инклюзивные школы'), code: '473096', state: 'live', stage: 'x' },
    agenda: { x: { kind: debate ? 'debate' : 'discussion', title: say(language, 'School debate, first round', 'Məktəb debatı, birinci dövrə', 'Школьные дебаты, первый раунд'), state: 'open', rank: 1 } },
    questions: {
      q: { activity: 'y', state: 'listed', at: 1, tag: say(language, 'a teacher', 'müəllim', 'учитель'), text: say(language, 'Who pays for the ramp: the school or the municipality?', 'Pandusun pulunu kim verir: məktəb, yoxsa bələdiyyə?', 'Кто платит за пандус: школа или муниципалитет?') },
      r: { activity: 'y', state: 'listed', at: 2, text: say(language, 'How does a class teacher start when there is no assistant yet and nobody has told her how it is done elsewhere?', 'Köməkçi hələ yoxdursa və heç kim ona başqa yerlərdə necə edildiyini deməyibsə, sinif müəllimi nədən başlamalıdır?', 'С чего начать классному руководителю, если помощника ещё нет и никто не рассказал, как это делают в других местах?') },
    },
    debates: debate ? { x: debate } : {}, discussions: talk ? { x: talk } : {}, works: {}, groups: {}, reports: {}, here: 0, asked: 0, listed: 0, merged: 0, dismissed: 0,
  }
}
