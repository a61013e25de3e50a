// Every key there is, taken from the English catalogue; a test holds the other languages to it.
import type common from './en/common.json'
import type debateWords from './en/debate_words.json'
import type desk from './en/desk.json'
import type deskDebate from './en/desk_debate.json'
import type deskGroups from './en/desk_groups.json'
import type phone from './en/phone.json'
import type phoneDebate from './en/phone_debate.json'
import type phoneGroups from './en/phone_groups.json'
import type phoneMore from './en/phone_more.json'
import type signs from './en/signs.json'
import type stage from './en/stage.json'

export type Key =
  | keyof typeof common | keyof typeof phone | keyof typeof phoneGroups | keyof typeof phoneDebate | keyof typeof phoneMore | keyof typeof signs | keyof typeof desk | keyof typeof deskGroups
  | keyof typeof deskDebate | keyof typeof stage | keyof typeof debateWords
