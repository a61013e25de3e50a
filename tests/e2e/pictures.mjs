// Pictures of every screen into out/, to be looked at: phone 320 and 390, desk 1280 and on a phone, stage 1920; light and dark.
// `node pictures.mjs [language…]`; the picture of the README is put together from three of them.
import { launch, open, outFolder, STAGE } from './support/browser.mjs'
import { meeting, serve } from './support/server.mjs'

const languages = process.argv.slice(2)
const id = () => crypto.randomUUID()
const server = await serve()
const browser = await launch()
const local = (url) => url.replace(/^https?:\/\/[^/]+/, server.address)

async function hall() {
  const made = await meeting(server, { title: 'Inclusive schools · Baku, 3 of 4' })
  const activity = await made.activity()
  await made.command({ change_meeting: { ask: ['teacher', 'parent', 'student'] } })
  const people = []
  for (let count = 0; count < 9; count++) people.push(await made.person({ tags: [count < 6 ? 'teacher' : 'parent'] }))
  const texts = [
    ['How does a class teacher start when there is no assistant yet?', 'en', { as_tag: 'teacher' }],
    ['Who pays for the ramp: the school or the municipality?', 'en', { anonymous: true }],
    ['Valideynlər şəbəkəyə necə qoşula bilər?', 'az', {}],
    ['Какие документы нужны, чтобы в классе появился тьютор?', 'ru', { anonymous: true }],
    ['Can students volunteer?', 'en', {}],
  ]
  const questions = []
  for (const [place, [text, language, more]] of texts.entries()) {
    const question = id()
    questions.push(question)
    await people[place].command({ ask: { id: question, activity, text, language, ...more } })
    for (const person of people.slice(0, 8 - place * 2)) await person.command({ vote: { question, on: true } })
  }
  await made.command({ set_questions: { activity, review: true } })
  for (const [place, text] of ['Will these slides be shared?', 'Who pays for the ramps, the school or the city?'].entries()) {
    await people[place + 5].command({ ask: { id: id(), activity, text, language: 'en', anonymous: true } })
  }
  await made.command({ add_activity: { id: id(), kind: 'groups', title: 'Group work', minutes: 40 } })
  await made.command({ add_activity: { id: id(), kind: 'feedback', title: 'Before we go', minutes: 5 } })
  await made.command({ feature: { question: questions[0] } })
  return made
}

async function shoot(name, url, options, ready, act) {
  const page = await open(browser, options)
  await page.goto(url)
  await ready(page)
  if (act) await act(page)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(400)
  await page.screenshot({ path: `${outFolder}${name}.png` })
  await page.context().close()
}

for (const language of languages.length ? languages : ['en', 'ru']) {
  const made = await hall()
  for (const scheme of ['light', 'dark']) {
    const of = (size) => ({ language, scheme, size })
    const list = (page) => page.locator('#list article').first().waitFor()
    const frame = (page) => page.locator('.frame').waitFor()
    await shoot(`phone-320-${language}-${scheme}`, local(made.links.join), of({ width: 320, height: 640 }), list)
    await shoot(`phone-390-${language}-${scheme}`, local(made.links.join), of({ width: 390, height: 844 }), list)
    await shoot(`phone-390-typing-${language}-${scheme}`, local(made.links.join), of({ width: 390, height: 844 }), list, async (page) => {
      await page.locator('#ask').fill('Who pays for the ramp?')
      await page.locator('footer .one').first().waitFor().catch(() => undefined)
    })
    await shoot(`join-390-${language}-${scheme}`, server.address, of({ width: 390, height: 844 }), (page) => page.locator('#code').waitFor())
    await shoot(`desk-1280-${language}-${scheme}`, local(made.links.desk), of({ width: 1280, height: 860 }), frame)
    await shoot(`desk-390-${language}-${scheme}`, local(made.links.desk), of({ width: 390, height: 844 }), frame)
    await shoot(`stage-1920-${language}-${scheme}`, local(made.links.stage), of(STAGE), (page) => page.locator('.floor h1').waitFor(), async (page) => {
      if (scheme === 'dark') await page.evaluate(() => document.querySelector('.stage-tools button').click())
    })
  }
  await made.command({ show_joining: { on: true } })
  await shoot(`stage-joining-1920-${language}`, local(made.links.stage), { language, size: STAGE }, (page) => page.locator('.way img').first().waitFor())
  await shoot(`desk-people-1280-${language}`, local(made.links.desk), { language, size: { width: 1280, height: 860 } }, (page) => page.locator('.frame').waitFor(), async (page) => {
    await page.locator('#desk-pages nav button').nth(-3).click()
    await page.waitForLoadState('networkidle')
  })
}

// The README's picture: stage above, phone and desk below.
const page = await open(browser, { size: { width: 1180, height: 980 } })
const { readFile } = await import('node:fs/promises')
const image = async (name) => `data:image/png;base64,${(await readFile(`${outFolder}${name}.png`)).toString('base64')}`
await page.setContent(`<body style="margin:0;background:#e9e4d8;display:grid;grid-template-columns:1fr 300px;gap:22px;padding:26px;box-sizing:border-box">
  <img src="${await image('stage-1920-en-dark')}" style="width:100%;border-radius:14px;align-self:start">
  <img src="${await image('phone-390-en-light')}" style="width:300px;border-radius:26px;border:1px solid #7a7466;grid-row:span 2;align-self:center">
  <img src="${await image('desk-1280-en-light')}" style="width:100%;border-radius:14px;border:1px solid #7a7466"></body>`).catch(() => undefined)
if (!languages.length || languages.includes('en')) {
  await page.waitForTimeout(300)
  await page.screenshot({ path: `${outFolder}three.png` })
}
await browser.close()
await server.stop()
