// What a first visit of the phone weighs, until its first question is acknowledged: page, styles, scripts (dynamic imports
// that the visit needs included), the heaviest catalogue, and an allowance for what the server answers. Fails over budget.
import { readFileSync, statSync, existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const TOTAL = 45_000
const SCRIPT = 25_000
// Code, seat, floor of 60 questions, own document, frames, and headers of a visit.
const ANSWERS = 9_000 // measured: 6 000 with headers

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
if (!existsSync(`${dist}index.html.br`)) {
  console.log('nothing is built, nothing is weighed: npm run build')
  process.exit()
}
const weigh = (file) => statSync(`${dist}${file}.br`).size
const manifest = JSON.parse(readFileSync(`${dist}manifest.phone.json`, 'utf8'))
const html = readFileSync(`${dist}index.html`, 'utf8')

// Chunks a first visit never loads lie behind a touch, a blocked socket, or what became of a question.
const LATER = /\/(poll|sweep|later|More|notes|parts)\.|phone_(more|groups|debate)/
const scripts = new Set([...html.matchAll(/src="\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file))
const styles = new Set([...html.matchAll(/href="\/(assets\/[^"]+\.css)"/g)].map(([, file]) => file))
function follow(key) {
  const chunk = manifest[key]
  if (!chunk || scripts.has(`!${key}`)) return
  scripts.add(`!${key}`)
  scripts.add(chunk.file)
  for (const file of chunk.css ?? []) styles.add(file)
  for (const next of chunk.imports ?? []) follow(next)
  for (const next of chunk.dynamicImports ?? []) if (!LATER.test(next)) follow(next)
}
follow('index.html')

const words = readdirSync(`${dist}assets`).filter((file) => /^phone\.\w+\..*\.json$/.test(file))
const heaviest = Math.max(...words.map((file) => weigh(`assets/${file}`)))
const sum = (files) => [...files].filter((file) => !file.startsWith('!')).reduce((all, file) => all + weigh(file), 0)
const script = sum(scripts)
const rows = { page: weigh('index.html'), icon: weigh('icon.svg'), styles: sum(styles), scripts: script, words: heaviest, answers: ANSWERS }
const total = Object.values(rows).reduce((all, one) => all + one, 0)
for (const [name, size] of Object.entries(rows)) console.log(`${name.padEnd(8)} ${String(size).padStart(6)}`)
console.log(`scripts ${script} of ${SCRIPT}; all ${total} of ${TOTAL} bytes (brotli)`)
if (script > SCRIPT || total > TOTAL) {
  console.error('the first visit is too heavy')
  process.exit(1)
}
