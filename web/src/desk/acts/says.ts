// An act that reached everyone, or will, in one sentence.
import { t } from '../../i18n/index.svelte.ts'
import type { Desk } from '../state/desk.svelte.ts'

type Acts = Partial<{
  stage: { activity?: string | null }
  end: unknown
  call_back: { on: boolean }
  feature: { question?: string | null }
  hide_stage: { on: boolean }
}>

/** `act` as the wire says it: an object with one key. */
export function actSays(desk: Desk, act: unknown): string {
  const one = (typeof act === 'object' && act !== null ? act : {}) as Acts
  if (one.stage) {
    const title = one.stage.activity ? desk.floor?.agenda[one.stage.activity]?.title : undefined
    return title ? t('desk_did_stage', { title }) : t('desk_did_stage_clear')
  }
  if (one.end) return t('desk_did_end')
  if (one.call_back) return one.call_back.on ? t('desk_did_call_back') : t('desk_did_call_back_off')
  if (one.feature) return one.feature.question ? t('desk_did_feature', { text: short(desk.text(one.feature.question)) }) : t('desk_did_feature_off')
  if (one.hide_stage) return one.hide_stage.on ? t('desk_did_hide') : t('desk_did_unhide')
  return t('desk_did_something')
}

/** The first words of a text, for a sentence that quotes it. */
export function short(text: string, most = 60): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most).replace(/\s+\S*$/, '')}…`
}
