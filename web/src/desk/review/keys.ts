// The keys of moderation by keyboard: what is pressed, what is shown, what it does. One list for the help and the hand.
import type { Key } from '../../i18n/keys.ts'

/** What a key presses on the card that is at hand: a `data-act`, or a move. */
export type Does = 'next' | 'before' | 'waiting' | 'list' | 'show' | 'dont' | 'same' | 'feature' | 'answer' | 'more' | 'back'

export const KEYS: readonly { key: string; shown: string; act: Does; does: Key }[] = [
  { key: 'j', shown: 'j', act: 'next', does: 'desk_key_next' },
  { key: 'k', shown: 'k', act: 'before', does: 'desk_key_before' },
  { key: 'w', shown: 'w', act: 'waiting', does: 'desk_key_waiting' },
  { key: 'l', shown: 'l', act: 'list', does: 'desk_key_list' },
  { key: 'a', shown: 'a', act: 'show', does: 'desk_show_to_all' },
  { key: 'd', shown: 'd', act: 'dont', does: 'desk_dont_show' },
  { key: 'm', shown: 'm', act: 'same', does: 'desk_same_question' },
  { key: 'f', shown: 'f', act: 'feature', does: 'desk_show_on_stage' },
  { key: 'Enter', shown: 'Enter', act: 'answer', does: 'desk_answered' },
  { key: 'o', shown: 'o', act: 'more', does: 'desk_more' },
  { key: 'z', shown: 'z', act: 'back', does: 'desk_take_back' },
]
