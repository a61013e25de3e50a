// What is typed and not yet sent: kept on this phone per place, so that a reload or an empty battery loses no word.
import { recall, remember } from './storage/store.ts'

export function readDraft(place: string): string {
  return recall<string>(`draft.${place}`) ?? ''
}

export function keepDraft(place: string, text: string): void {
  remember(`draft.${place}`, text || undefined)
}
