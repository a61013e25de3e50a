// The names on the wire, as docs/WIRE.md and src/meeting/command.rs say them. Knows no screen.

export type ActivityKind = 'slides' | 'questions' | 'discussion' | 'groups' | 'debate' | 'poll' | 'feedback'
export type Order = 'top' | 'new' | 'fair' | 'own'
export type Role = 'facilitator' | 'moderator' | 'timekeeper' | 'judge' | 'captioner' | 'contact' | 'stage' | 'participant'
export interface Wifi { name: string; password?: string }
export interface Contact { name?: string; numbers?: string; on_duty?: boolean }
type None = Record<string, never>

export interface Commands {
  add_activity: { id: string; kind: ActivityKind; title: string; minutes?: number; before?: string }
  change_activity: { activity: string; title?: string; minutes?: number }
  move_activity: { activity: string; before?: string }
  remove_activity: { activity: string }
  open: { activity: string }
  close: { activity: string }
  stage: { activity?: string; in_s?: number }
  share_delay: None
  set_questions: { activity: string; review?: boolean; votes?: boolean; counts_hidden?: boolean; order?: Order; longest?: number }
  change_meeting: {
    title?: string; language?: string; languages?: string[]; ask?: string[]; ask_first?: boolean; minors?: boolean
    ends_at?: number; wifi?: Wifi; contact?: { name: string; numbers: string; on_duty: boolean }; held_words?: string[]
  }
  end: { in_s?: number }
  reopen: None
  take_back: None
  hide_stage: { on: boolean }
  take_down: None
  show_joining: { on: boolean }
  call_back: { on: boolean; in_s?: number }
  count_heads: { people: number }
  introduce: { name?: string; language?: string; tags?: string[]; needs?: string }
  add_proxy: { seat: string; name?: string; tags?: string[] }
  give_role: { seat: string; role: Role }
  take_role: { seat: string; role: Role }
  revoke_link: { link: string }
  mute: { seat?: string; question?: string; on: boolean }
  admit: { seat: string }
  turn_away: { seat: string }
  concern: { id: string; text?: string; place?: string }
  note_concern: { concern: string; done: string }
  ask: { id: string; activity: string; text: string; anonymous?: boolean; as_tag?: string; language?: string }
  edit: { question: string; text: string }
  withdraw: { question: string }
  list: { question: string }
  dismiss: { question: string; reason: string }
  park: { question: string }
  vote: { question: string; on: boolean }
  feature: { question: string }
  answer: { question: string; text?: string; by?: string }
  reply: { question: string; answered: boolean }
  merge: { from: string; into: string }
  unmerge: { question: string }
  keep_apart: { from: string; into: string }
  tag: { question: string; tags: string[] }
  label: { question: string; language: string }
  translate: { question: string; language: string; text: string }
  care: { question: string; on: boolean }
  rank: { question: string; before?: string }
  count_hands: { question: string; hands: number }
}

/** A wish: an object with one key. */
export type Command = { [K in keyof Commands]: { [P in K]: Commands[K] } & { [P in Exclude<keyof Commands, K>]?: never } }[keyof Commands]

export type RefusalCode =
  | 'not_allowed' | 'not_admitted' | 'not_found' | 'exists' | 'closed' | 'ended' | 'empty' | 'too_long' | 'out_of_range'
  | 'wrong_state' | 'has_votes' | 'votes_off' | 'last_facilitator' | 'too_late' | 'too_many' | 'slow_down' | 'busy' | 'read_only'
  | 'superseded' | 'number_reused' | 'not_understood' | 'quarantined'
export interface Refusal { code: RefusalCode; detail: string; retry?: number }

export type Flags = Record<string, true>

export interface Meeting {
  title: string
  code: string
  state: 'prepared' | 'live' | 'ended'
  language?: string
  languages?: Flags
  ask?: Flags
  minors?: boolean
  ask_first?: boolean
  stage?: string
  hidden?: boolean
  joining?: boolean
  called_back?: boolean
  featured?: string
  ends_at?: number
  planned?: { act: unknown; at: number }
  wifi?: Wifi
  contact?: Contact
}
export interface Activity {
  kind: ActivityKind
  title: string
  state: 'planned' | 'open' | 'closed'
  rank: number
  minutes?: number
  opened_at?: number
  closed_at?: number
  review?: boolean
  votes?: boolean
  counts_hidden?: boolean
  order?: Order
  longest?: number
}
export interface Question {
  activity: string
  text: string
  state: 'listed' | 'on_stage' | 'answered' | 'parked'
  votes?: number
  at: number
  rank?: number
  fair?: number
  author?: string
  tag?: string
  from_card?: boolean
  language?: string
  tags?: Flags
  translations?: Record<string, string>
  answer?: string
  answered_by?: string
  answered_at?: number
  replied?: boolean
  merged?: number
  hands?: number
}
export interface Floor {
  meeting: Meeting
  agenda: Record<string, Activity>
  questions: Record<string, Question>
  here: number
  heads?: number
  asked: number
  listed: number
  merged: number
  dismissed: number
}

export interface Waiting {
  activity: string; text: string; at: number; held?: 'review' | 'word' | 'link' | 'muted'
  author?: string; tag?: string; anonymous?: boolean; language?: string; muted?: boolean; from_card?: boolean
}
export interface Desk {
  waiting: Record<string, Waiting>
  dismissed: Record<string, { activity: string; text: string; at: number; reason: string }>
  private: Record<string, { activity: string; text: string; at: number; state: string }>
  merged: Record<string, { text: string; into: string }>
  authors: Record<string, { muted?: true; seat?: string }>
  /** Votes of questions on the floor, while counts are hidden there. */
  votes?: Record<string, number>
  suggestions: Record<string, { from: string; into: string; likeness: number }>
  seats: Record<string, { name?: string; roles?: Partial<Record<Role, true>>; proxy?: boolean; muted?: boolean; waiting?: boolean }>
  links: Record<string, { role: Role; label?: string; revoked?: boolean }>
  counts: { seats: number; proxies: number; waiting: number; private: number; concerns_open: number }
  take_back?: { act: unknown; until: number }
  held_words?: Flags
}
export interface Care { needs: Record<string, { name?: string; needs: string }> }
export type Concerns = Record<string, { text?: string; place?: string; name?: string; at: number; done?: string }>

export interface MyQuestion {
  activity: string
  text: string
  state: 'waiting' | 'listed' | 'on_stage' | 'answered' | 'parked' | 'dismissed' | 'merged'
  reason?: string
  into?: string
  answer?: string
  answered_by?: string
  replied?: boolean
  editable?: boolean
  at: number
}
export interface Mine {
  seat?: {
    name?: string; language?: string; tags?: Flags; needs?: string; roles?: Partial<Record<Role, true>>; waiting?: boolean; proxy?: boolean
  }
  votes?: Flags
  questions?: Record<string, MyQuestion>
}

/** Where a document stands: epoch and revision. */
export type At = [epoch: number, revision: number]

export interface ServerSays {
  welcome?: { seat?: string; roles?: Role[] | Record<string, true>; now: number; n: number; mine?: Mine; also?: Record<string, { n: number; mine?: Mine }> }
  take?: string[]
  views?: Record<string, [revision: number, patch: unknown]>
  gone?: string[]
  ok?: number[]
  no?: [n: number, refusal: Refusal][]
  pong?: [t: number, now: number]
  away?: { retry: number }
}
