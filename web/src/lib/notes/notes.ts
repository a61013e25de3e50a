// The notes of a group: 25 KB that only those load who open them, by `await import('…/lib/notes/notes.ts')` and never otherwise.
export { bindTextarea, type Binding, type Wishes } from './bind.ts'
export { SharedText, type Beginning, type NotesState, type Sender } from './shared.ts'
