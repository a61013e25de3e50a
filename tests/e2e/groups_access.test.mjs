// Group work on phone, desk and stage, held to axe in every state: one language and one scheme for each size, so that each
// language, both schemes and all sizes are looked at and it stays short. And what stands there for browsers that are too old.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, DESK, fits, launch, nothingWrong, open, PHONE, SMALL, STAGE, targets } from './support/browser.mjs'
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
    // `within`: the part that the state is about, where the rest stands behind it and was looked at before.
    async state(name, bring, within) {
      const left = [...pages]
      const lane = async () => {
        for (let page = left.shift(); page; page = left.shift()) {
          await bring?.(page)
          const where = `${name} (${page.called})`
          await axe(page, where, within)
          await fits(page, where)
          await targets(page, where)
        }
      }
      await Promise.all([lane(), lane()])
      nothingWrong(...pages)
    },
    close: () => Promise.all(pages.map((page) => page.context().close())),
  }
}

test('group work: every screen and state', async () => {
  const made = await meeting(server)
  const people = []
  for (let count = 0; count < 6; count++) people.push(await made.person({ name: `Person ${count + 1}` }))
  const phone = await pagesOf(made.links.join, [['az', 'light', { ...SMALL, height: TALL }], ['ru', 'dark', { ...SMALL, height: TALL }], ['en', 'light', { ...DESK, height: TALL }]])
  for (const page of phone.pages) await page.locator('#ask').waitFor()
  const desk = await pagesOf(made.links.desk, [['en', 'dark', { ...DESK, height: TALL }], ['az', 'light', { ...SMALL, height: TALL }]])
  const stage = await pagesOf(made.links.stage, [['ru', 'light', STAGE], ['az', 'dark', DESK]])
  // A dark hall is chosen on the stage itself.
  await stage.pages[1].locator('.stage-tools button').first().evaluate((button) => button.click())
  await stage.pages[1].locator('.stage.dark').waitFor()
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

const SHEET = 'dialog[open]'

// Turns the desk to one of its pages; on a small screen they lie behind the menu.
async function turn(page, place) {
  const tabs = page.locator('#desk-pages nav button')
  if (!(await tabs.first().isVisible())) await page.locator('button.menu').click()
  await tabs.nth(place).click()
}
const part = (page, place) => page.locator('nav.parts .tab').nth(place).click()

test('group work on the desk: from the plan to the paper', async () => {
  const made = await meeting(server)
  await made.command({ change_meeting: { ask: ['teacher', 'parent'], languages: ['en', 'az', 'ru'] } })
  const people = []
  for (let count = 0; count < 27; count++) people.push(await made.person({ name: `Person ${count + 1}`, tags: [count % 3 ? 'teacher' : 'parent'] }))
  const work = await groupWork(made, { tables: 9, rounds: 2, hosts: true, task: 'What keeps a child out of a lesson?', lines: ANSWERS })
  const { activity } = work
  // Something planned and called off leaves nothing to take back: no bar floats over the desk for ten seconds.
  await made.command({ call_back: { on: true, in_s: 60 } })
  await made.command({ take_back: {} })
  const desk = await pagesOf(made.links.desk, [['ru', 'dark', { ...DESK, height: TALL }], ['az', 'light', { ...PHONE, height: TALL }]])
  const [wide, ...pocket] = desk.pages
  // Opens a sheet, holds it to the rules, and puts it away.
  const sheet = async (name, opened) => {
    await desk.state(name, async (page) => {
      await opened(page)
      await page.locator(SHEET).waitFor()
    }, SHEET)
    for (const page of desk.pages) {
      await page.keyboard.press('Escape')
      await page.locator(SHEET).waitFor({ state: 'detached' })
    }
  }
  for (const page of pocket) await page.locator('.pocket .card').first().waitFor()

  await desk.state('planning', async (page) => {
    if (page !== wide) await turn(page, 0)
    await page.locator('button[aria-controls=groups-more]').click()
    await page.locator('.more-card').waitFor()
  })
  await desk.state('a list of who sits where', async (page) => {
    await page.locator('.hows input').last().click()
    await page.locator('section[aria-labelledby=list-heading] textarea').fill('Person 1; 1\nPerson 2; 2\nNobody; 3\nPerson 3;')
    await page.locator('section[aria-labelledby=list-heading] [role=status]').waitFor()
  })
  await made.command({ set_groups: { activity, how: 'mixed', tables: 9 } })
  await made.command({ constrain: { activity, together: [[people[0].seat, people[1].seat]], apart: [[people[0].seat, people[1].seat]] } })
  await desk.state('no such plan', async (page) => {
    await page.locator('.hows input').first().click()
    await page.locator('.make').click()
    await page.locator('.plan [role=alert]').waitFor()
  })
  await made.command({ constrain: { activity, together: [], apart: [[people[0].seat, people[1].seat]] } })
  await work.plan()
  await desk.state('the plan and what it reaches', (page) => page.locator('.preview .says li').first().waitFor())
  await sheet('show everybody their table?', (page) => page.locator('.preview .acts .btn').first().click())
  await sheet('throw the plan away?', (page) => page.locator('.preview .acts .btn').last().click())
  await sheet('change a table of the plan', (page) => page.locator('.preview .row .btn').nth(1).click())

  await work.publish()
  await made.command({ set_timer: { activity, seconds: 900 } })
  const [first, second] = await work.tables()
  for (const person of people) {
    const at = await work.tableOf(person)
    if (at === first.id) {
      await person.command({ write_line: { group: at, line: 1, text: 'Teachers are alone' } })
      await person.command({ post_card: { id: crypto.randomUUID(), group: at, text: 'Two adults in class' } })
      await person.command({ need_help: { group: at, on: true } })
    } else if (at === second.id) {
      await person.command({ post_card: { id: crypto.randomUUID(), group: at, text: 'A second adult in class' } })
      await person.command({ ready: { group: at, on: true } })
    }
  }
  await desk.state('nine tables at work', async (page) => {
    await part(page, 1)
    await page.locator('[data-table="9"]').waitFor()
    await page.locator('.table .ready').waitFor()
    await page.locator('.calls').waitFor()
  })
  await sheet('one table', (page) => page.locator('[data-table="1"]').click())
  const act = (place) => (page) => page.locator('.acts > button').nth(place).click()
  await sheet('the next round', act(0))
  await sheet('words for all', act(1))
  await sheet('move people', async (page) => {
    await act(2)(page)
    await page.locator(`${SHEET} .list input`).first().click()
  })
  await sheet('all about one table', async (page) => {
    await act(2)(page)
    await page.locator(`${SHEET} [role=group] button`).nth(1).click()
    await page.locator(`${SHEET} [role=switch]`).first().waitFor()
  })
  await sheet('finish', act(3))

  for (const page of pocket) await turn(page, 1)
  await desk.state('the pocket desk while tables work', (page) => (page === wide ? undefined : page.locator('.pocket .left').waitFor()))
  await made.command({ end_groups: { activity } })
  await made.command({ report: { activity, group: first.id } })
  await desk.state('the pocket desk while they report', (page) => (page === wide ? undefined : page.locator('.pocket .buttons').first().waitFor()))
  for (const page of pocket) await turn(page, 0)
  await desk.state('report back', async (page) => {
    await part(page, 2)
    await page.locator('#reports-now').waitFor()
    await page.locator('button[aria-controls=link-cards]').click()
    await page.locator('#link-cards .list input').nth(1).waitFor()
  })
  for (const [place, name] of [[0, 'signs'], [1, 'who sits where'], [2, 'sheets to write on'], [3, 'sign-in list']]) {
    await desk.state(`paper: ${name}`, async (page) => {
      if (place === 0) await page.locator('nav.parts .tab').last().click()
      await page.locator('.kinds input').nth(place).click()
      await page.locator('.paper .sheet').first().waitFor()
    })
  }
  await desk.close()
})

test('a browser that is too old reads in three languages what to do', async () => {
  const made = await meeting(server)
  for (const [address, scheme, size] of [[made.links.join, 'light', SMALL], [made.links.desk, 'dark', DESK], [made.links.stage, 'light', DESK]]) {
    const page = await open(browser, { scheme, size })
    // It knows no modules, and so runs none of ours.
    await page.addInitScript(() => delete HTMLScriptElement.prototype.noModule)
    await page.route(/assets\/(?!early)[^/]*\.js$/, (route) => route.abort())
    await page.goto(local(address))
    await page.locator('#old').waitFor()
    assert.equal(await page.locator('main:visible').count(), 1)
    for (const language of ['az', 'ru']) assert.ok(await page.locator(`#old [lang=${language}]`).isVisible())
    const where = `too old (${scheme} ${size.width})`
    await axe(page, where)
    await fits(page, where)
    nothingWrong(page)
    await page.context().close()
  }
})
