// The next ones in a discussion's line, as the hall sees them. Knows no order: the floor's places are it.
import type { FloorDiscussion, HandKind, Question, Stance } from '../../wire/index.ts'

export interface InLine {
  key: string
  place: number
  /** A person by name or tag; absent: without name. */
  who?: string
  kind: HandKind
  stance?: Stance
  /** A written question's text. */
  text?: string
  language?: string
}

/** Three have room. */
const NEXT = 3

export function inLine(discussion: FloorDiscussion, questions: Readonly<Record<string, Question>>): InLine[] {
  return Object.entries(discussion.line)
    .sort(([a], [b]) => Number(a) - Number(b))
    .slice(0, NEXT)
    .map(([place, hand]) => {
      const question = hand.question ? questions[hand.question] : undefined
      const who = hand.name ?? hand.tag ?? question?.author ?? question?.tag
      return {
        key: hand.question ?? `hand ${hand.hand}`,
        place: Number(place),
        kind: hand.kind,
        ...(who ? { who } : {}),
        ...(hand.stance ? { stance: hand.stance } : {}),
        ...(question ? { text: question.text, ...(question.language ? { language: question.language } : {}) } : {}),
      }
    })
}
