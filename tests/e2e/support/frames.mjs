// What each role's browser was sent: every socket frame and every view by HTTP, as text, and the paths in them.
import assert from 'node:assert/strict'

export function listen(page) {
  const heard = { frames: [], bodies: [] }
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.frames.push(String(payload))))
  page.on('response', async (answer) => {
    if (/\/views\/|\/mine/.test(answer.url()) && answer.status() === 200) heard.bodies.push(await answer.text().catch(() => ''))
  })
  return heard
}

export const everything = (heard) => [...heard.frames, ...heard.bodies].join('\n')

// Every path in a document; ids become `*`, so that the list is short and closed.
function paths(value, at, found) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return void found.add(at)
  for (const [key, inner] of Object.entries(value)) paths(inner, `${at}/${OPEN.test(key) || FREE.test(at) ? '*' : key}`, found)
  if (Object.keys(value).length === 0) found.add(at)
}
const OPEN = /^[0-9a-f]{8}-[0-9a-f]{4}-/
// Maps whose keys are words of people or plain numbers: tags, languages, lines, places at a table.
const FREE = /(\/ask|\/languages|\/tags|\/translations|\/roles|\/lines|\/members|\/duties)$/

// The paths of one audience in all that was heard.
export function pathsOf(heard, audience) {
  const found = new Set()
  for (const frame of heard.frames) {
    const { views, welcome } = JSON.parse(frame)
    const patch = views?.[audience]?.[1]
    if (patch) paths(patch, '', found)
    if (audience === 'mine' && welcome?.mine) paths(welcome.mine, '', found)
  }
  for (const body of heard.bodies) {
    const { view, mine } = JSON.parse(body)
    const is = view?.waiting || view?.counts ? 'desk' : view?.meeting ? 'floor' : mine ? 'mine' : ''
    if (is === audience) paths(view ?? mine, '', found)
  }
  return [...found].sort()
}

const q = ['activity', 'text', 'state', 'votes', 'at', 'rank', 'fair', 'author', 'tag', 'from_card', 'language', 'tags/*', 'translations/*', 'answer', 'answered_by', 'answered_at', 'replied', 'merged', 'hands']
const m = ['title', 'code', 'state', 'language', 'languages/*', 'ask/*', 'minors', 'ask_first', 'stage', 'hidden', 'joining', 'called_back', 'featured', 'ends_at',
  'planned/act', 'planned/at', 'wifi/name', 'wifi/password', 'contact/name', 'contact/numbers', 'contact/on_duty', 'planned']
const a = ['kind', 'title', 'state', 'rank', 'minutes', 'opened_at', 'closed_at', 'review', 'votes', 'counts_hidden', 'order', 'longest']
const w = ['how', 'state', 'tables', 'people', 'round', 'rounds', 'ends_at', 'ending_at', 'task', 'reporting', 'report_ends_at', 'report_left_ms', 'turn_s', 'reported']
const g = ['activity', 'number', 'name', 'place', 'step_free', 'people', 'most', 'locked', 'ready', 'ended', 'reported', 'order']
const r = ['activity', 'notes', 'lines', 'lines/*', 'lines/*/label', 'lines/*/text', 'cards', 'cards/*', 'cards/*/text', 'cards/*/place', 'cards/*/dots', 'cards/*/also']

// The whole of what may ever reach everybody.
export const FLOOR = new Set([
  ...m.map((key) => `/meeting/${key}`), ...a.map((key) => `/agenda/*/${key}`), '/agenda', '/agenda/*', '/questions', '/questions/*',
  ...q.map((key) => `/questions/*/${key}`), '/here', '/heads', '/asked', '/listed', '/merged', '/dismissed',
  '/works', '/discussions', '/debates', '/works/*', '/groups', '/groups/*', '/reports', '/reports/*',
  ...w.map((key) => `/works/*/${key}`), ...g.map((key) => `/groups/*/${key}`), ...r.map((key) => `/reports/*/${key}`),
])

export const MINE = new Set([
  '', '/seat', '/discussions', '/debates', '/votes', '/questions', '/votes/*', '/questions/*', '/groups', '/groups/*', '/groups/*/group', '/groups/*/place', '/dots', '/dots/*',
  ...['name', 'language', 'tags', 'tags/*', 'needs', 'roles', 'roles/*', 'waiting', 'proxy'].map((key) => `/seat/${key}`),
  ...['activity', 'text', 'state', 'reason', 'into', 'answer', 'answered_by', 'replied', 'editable', 'at'].map((key) => `/questions/*/${key}`),
])

export function onlyAllowed(heard, audience, allowed) {
  const found = pathsOf(heard, audience)
  assert.ok(found.length > 0, `nothing of ${audience} was heard`)
  assert.deepEqual(found.filter((path) => !allowed.has(path)), [], `${audience} holds what it must not`)
}
