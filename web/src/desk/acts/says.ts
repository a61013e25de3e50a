// An act that reached everyone, or will, in one sentence.
import { t } from '../../i18n/index.svelte.ts'
import type { Act } from '../../wire/index.ts'
import type { Desk } from '../state/desk.svelte.ts'

export function actSays(desk: Desk, act: Act): string {
  if ('stage' in act) {
    const title = act.stage.activity ? desk.floor?.agenda[act.stage.activity]?.title : undefined
    return title ? t('desk_did_stage', { title }) : t('desk_did_stage_clear')
  }
  if ('end' in act) return t('desk_did_end')
  if ('call_back' in act) return act.call_back.on ? t('desk_did_call_back') : t('desk_did_call_back_off')
  if ('feature' in act) return act.feature.question ? t('desk_did_feature', { text: short(desk.text(act.feature.question)) }) : t('desk_did_feature_off')
  if ('hide_stage' in act) return act.hide_stage.on ? t('desk_did_hide') : t('desk_did_unhide')
  return t('desk_did_something')
}

/** The first words of a text, for a sentence that quotes it. */
export function short(text: string, most = 60): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most).replace(/\s+\S*$/, '')}…`
}
