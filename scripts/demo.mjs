// Seeds the demo meeting of `make dev` over the public contract, once; afterwards says where it is.
//   node scripts/demo.mjs http://127.0.0.1:8080 data-dev/demo.json
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'

const [address, kept] = process.argv.slice(2)

async function call(method, path, body, token) {
  const answer = await fetch(address + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return text ? JSON.parse(text) : undefined
}

const questions = [
  ['az', 'Müəllimlər inklüziv siniflər üçün necə hazırlanacaq?', 'Günel', 7],
  ['en', 'Who pays for the ramps and lifts in village schools?', 'Ruth', 5],
  ['ru', 'Есть ли в каждом районе переводчик жестового языка?', undefined, 4],
  ['ka', 'სად ვიჩივლოთ, თუ სკოლა უარს გვეტყვის?', 'Nino', 3],
  ['en', 'Who will pay for ramps and lifts in the village schools?', undefined, 1],
  ['az', 'Dərsliklərin iri şriftli və Brayl variantı varmı?', 'Orxan', 2],
  ['en', 'Will exams be adapted, and who decides how?', 'Tom', 0],
]

async function seed() {
  const demo = await call('POST', '/api/meetings', { title: 'Inclusive schools in our region', language: 'en' })
  let n = 0
  const desk = (wish) => call('POST', `/api/meetings/${demo.meeting}/commands`, { n: ++n, do: wish }, demo.token)
  const agenda = [
    ['slides', 'Welcome', 10],
    ['questions', 'Your questions to the ministry', 30],
    ['discussion', 'What would help us most?', 20],
    ['feedback', 'What do you take home?', 5],
  ].map(([kind, title, minutes]) => ({ id: uuid7(), kind, title, minutes }))
  for (const item of agenda) await desk({ add_activity: item })
  const activity = agenda[1].id
  await desk({ change_meeting: { languages: ['en', 'az', 'ru', 'ka'], ask: ['teacher', 'parent', 'student'] } })
  await desk({ open: { activity } })
  await desk({ stage: { activity } })
  const hall = []
  for (let place = 0; place < 8; place++) {
    hall.push(await call('POST', `/api/meetings/${demo.meeting}/seats`, { code: demo.code, name: questions[place]?.[2] }))
  }
  const says = hall.map((seat) => {
    let number = 0
    return (wish) => call('POST', `/api/meetings/${demo.meeting}/commands`, { n: ++number, do: wish }, seat.token)
  })
  const asked = []
  for (const [place, [language, text, name]] of questions.entries()) {
    const id = randomUUID()
    await says[place]({ ask: { id, activity, text, language, ...(name ? {} : { anonymous: true }) } })
    asked.push(id)
  }
  for (const [place, [, , , votes]] of questions.entries()) {
    for (let voter = 0; voter < votes; voter++) await says[voter]({ vote: { question: asked[place], on: true } })
  }
  await desk({ feature: { question: asked[1] } })
  await desk({ set_questions: { activity, review: true } })
  await says[6]({ ask: { id: randomUUID(), activity, text: 'What can we do about bullying on the way to school?', language: 'en' } })
  return demo
}

// The desk makes ids of activities that sort by time (UUID v7).
function uuid7() {
  const time = Date.now().toString(16).padStart(12, '0')
  const rest = randomUUID()
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(15)}`
}

const demo = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : await seed()
writeFileSync(kept, JSON.stringify(demo, null, 2))
console.log(`\nThe demo meeting, code ${demo.code}:`)
for (const [screen, link] of Object.entries(demo.links)) console.log(`  ${screen.padEnd(6)} ${link}`)
console.log()
