// The names on the wire, as the screens call them. The other files here are written from the server's own types.
import type { Command as Wish, Code } from './command.ts'
import type { Concern, Mine as MyDocument } from './view.ts'

export type { ActivityKind, Ballot, DebateCommand, DiscussionCommand, DrawHow, Duty, HandKind, LineOrder, Mark, Order, Reaction, Refusal, Rings, Role, Stance, Verb, VoteRound, Wifi } from './command.ts'
export type { Bell, Counts, Format, Kind, Phase, Segment, Side } from './format.ts'
export type { NotesSaid } from './body.ts'
export type {
  Act, Activity, BallotState, BoardDebate, Care, Chair, ChairDebate, ChairDiscussion, ChairHand, ChairJudge, ChairPlace, ChairSide, Clock, ClockBell, ClockState, DebatePlace, Desk, DeskGroup, DeskLetter, DeskMember, DeskPlan, DeskSeat, DeskTeam, DeskWork, Flaw, Floor, FloorCard, FloorDebate, FloorDiscussion, FloorGroup, FloorLine, FloorReport, FloorWork,
  GroupCard, GroupLetter, GroupLine, GroupMember, GroupTable, GroupView, Help, Meeting, MyDebate, MyDiscussion, MyGroup, MyHand, MyJudging, MyQuestion, PointCount,
  Question, ShownFormat, ShownHand, ShownMotion, ShownPoint, ShownResult, ShownSegment, ShownSide, ShownSpeaker, ShownSwing, ShownTurn, Spoken, Waiting, Why,
} from './view.ts'
export type { ServerSays } from './frame.ts'

export type RefusalCode = Code

type Named<T> = T extends unknown ? keyof T : never

/** Every command by its name, with what it carries. */
export type Commands = { [Name in Named<Wish>]: Extract<Wish, Record<Name, unknown>>[Name] }

/** A wish: an object with one key. */
export type Command = {
  [Name in keyof Commands]: { [One in Name]: Commands[One] } & { [Other in Exclude<keyof Commands, Name>]?: never }
}[keyof Commands]

export type Concerns = Record<string, Concern>

/** Empty for a seat that was sent away. */
export type Mine = Partial<MyDocument>

/** Where a document stands: epoch and revision. */
export type At = [epoch: number, revision: number]
