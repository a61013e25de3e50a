// Group work on phone, desk and stage, held to axe in every state: one language and one scheme for each size, so that each
// language, both schemes and all sizes are looked at and it stays short.
import { after, before, test } from 'node:test'
import { axe, DESK, fits, launch, nothingWrong, open, SMALL, STAGE, targets } from './support/browser.mjs'
import { ANSWERS, groupWork } from './support/groups.mjs'
import { meeting, serve } from './support/server.mjs'

let server, browser
before(async () => {
  server = await serve()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

const local = (url) => url.replace(/^https?:\/\/[^/]+/, server.address)
const TALL = 1600

async function pagesOf(address, looks) {
  const pages = []
  for (const [language, scheme, size] of looks) {
    const page = await open(browser, { language, scheme, size })
    page.called = `${language} ${scheme} ${size.width}`
    await page.goto(local(address))
    pages.push(page)
  }
  return {
    pages,
    async state(name, bring) {
      for (const page of pages) {
        await bring(page)
        const where = `${name} (${page.called})`
        await axe(page, where)
        await fits(page, where)
        await targets(page, where)
      }
      nothingWrong(...pages)
    },
  }
}

test('group work: every screen and state', async () => {
  const made = await meeting(server)
  const people = []
  for (let count = 0; count < 6; count++) people.push(await made.person({ name: `Person ${count + 1}` }))
  const phone = await pagesOf(made.links.join, [['az', 'light', { ...SMALL, height: TALL }], ['ru', 'dark', { ...SMALL, height: TALL }], ['en', 'light', { ...DESK, height: TALL }]])
  for (const page of phone.pages) await page.locator('#ask').waitFor()
  const desk = await pagesOf(made.links.desk, [['en', 'dark', { ...DESK, height: TALL }], ['az', 'light', { ...SMALL, height: TALL }]])
  const stage = await pagesOf(made.links.stage, [['ru', 'light', STAGE], ['az', 'light', DESK]])
  for (const page of desk.pages) await page.locator('.frame').waitFor()

  const work = await groupWork(made, { tables: 3, rounds: 2, task: 'What keeps a child out of a lesson?', lines: ANSWERS })
  const { activity } = work
  await stage.state('tables are made', (page) => page.locator('.g-calm').waitFor())
  await work.plan()
  await work.publish()
  await stage.state('find your table', (page) => page.locator('.g-tables').waitFor())
  await phone.state('you are at table', (page) => page.locator('#hold').waitFor())
  await phone.state('at the table', async (page) => {
    await page.locator('.hold .btn').click()
    await page.locator('main .tabs').waitFor()
  })
  await made.command({ set_timer: { activity, seconds: 25 } })
  await stage.state('the last seconds', (page) => page.locator('.g-clock.half').waitFor())
  for (const [place, name] of [[1, 'notes'], [2, 'ideas'], [3, 'answers']]) {
    await phone.state(name, async (page) => {
      await page.locator('main .tabs .tab').nth(place).click()
      await page.locator('main .tabs .tab[aria-pressed=true]').nth(0).waitFor()
    })
  }
  const [first] = await work.tables()
  for (const person of people) {
    if ((await work.tableOf(person)) === first.id) {
      await person.command({ write_line: { group: first.id, line: 1, text: 'Teachers are alone' } })
      await person.command({ post_card: { id: crypto.randomUUID(), group: first.id, text: 'Two adults in class' } })
      await person.command({ need_help: { group: first.id, on: true } })
      await person.command({ ready: { group: first.id, on: true } })
    }
  }
  await desk.state('a table asks for help', (page) => page.locator('.calls').waitFor())
  await stage.state('a table is ready', (page) => page.locator('.g-ready').waitFor())
  await made.command({ end_groups: { activity, in_s: 60 } })
  await stage.state('the count-down', (page) => page.locator('.g-figures.alone').waitFor())
  await made.command({ end_groups: { activity } })
  await stage.state('thank you', (page) => page.locator('.g-calm').waitFor())
  await phone.state('the work has ended', (page) => page.locator('.strip').first().waitFor())
  await made.command({ report: { activity, group: first.id } })
  await stage.state('a table reports', (page) => page.locator('.g-reporter').waitFor())
})
