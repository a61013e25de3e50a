// Group work as twelve people live it: three tables, two rounds, one who comes late, a call for help, notes that three write at
// once while one of them has no network, ideas on piles and with dots, two minutes more, and a report to the hall.
// Four phones, the desk and the stage are real browsers; the others speak the contract.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DESK, launch, nothingWrong, open, PHONE, picture, STAGE, told } from './support/browser.mjs'
import { cable } from './support/cable.mjs'
import { FLOOR, listen, MINE, onlyAllowed } from './support/frames.mjs'
import { ANSWERS, groupWork } from './support/groups.mjs'
import { meeting, serve } from './support/server.mjs'

const SOON = { timeout: 2000 }
const id = () => crypto.randomUUID()

let server, browser
before(async () => {
  server = await serve()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

const at = (url, address = server.address) => url.replace(/^https?:\/\/[^/]+/, address)

// A phone that joins by the link, and the seat it got.
async function join(made, { address, language = 'en' } = {}) {
  const before = new Set((await made.api('GET', '/seats')).body.seats.map(({ seat }) => seat))
  const page = await open(browser, { size: PHONE, language })
  page.heard = listen(page)
  await page.goto(at(made.links.join, address))
  await page.locator('#now, #ask, #hold').first().waitFor({ state: 'attached' })
  const { seats } = (await made.api('GET', '/seats')).body
  page.seat = seats.find(({ seat }) => !before.has(seat)).seat
  return page
}

const part = (page, name) => page.getByRole('group', { name: 'What to see' }).getByRole('button', { name }).click()
const arrive = (page) => page.getByRole('button', { name: 'I am there' }).click()

async function post(page, text) {
  await page.getByLabel('Write an idea').fill(text)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await idea(page, text).waitFor(SOON)
}
const idea = (page, text) => page.locator('#list article', { has: page.locator('p.text', { hasText: text }) })

test('twelve people at three tables, two rounds, and back to the hall', () => told(async () => {
  const made = await meeting(server)
  const line = await cable(server)
  const desk = await open(browser, { size: DESK })
  await desk.goto(at(made.links.desk))
  await desk.locator('.frame').waitFor()
  const stage = await open(browser, { size: STAGE })
  const stageHeard = listen(stage)
  await stage.goto(at(made.links.stage))
  await stage.locator('.corner').waitFor()

  // Eight people over the contract, three phones; the twelfth comes late.
  const people = []
  for (let count = 0; count < 8; count++) people.push(await made.person({ name: `Person ${count + 1}` }))
  const [aysel, beka, lena] = [await join(made), await join(made), await join(made, { address: line.address })]
  const phones = [aysel, beka, lena]

  // The tables are made: the three phones stay together, so that they can write together.
  const work = await groupWork(made, { tables: 3, rounds: 2, task: 'What keeps a child out of a lesson?', lines: ANSWERS, dots: 3 })
  const { activity } = work
  await stage.getByRole('heading', { name: 'Tables are being made' }).waitFor(SOON)
  await made.command({ constrain: { activity, together: [phones.map(({ seat }) => seat)] } })
  await work.plan()
  assert.equal((await work.tables()).reduce((sum, { people }) => sum + people, 0), 0, 'nobody sits before it is published')
  await work.publish()

  // Every phone shows its table at once; the stage shows all of them.
  const seated = async () => Object.fromEntries(await Promise.all([...people.map(async (one) => [one.seat, await work.tableOf(one)]), ...phones.map(async (one) => [one.seat, undefined])]))
  const number = await Promise.all(phones.map(async (page) => (await page.locator('#hold').innerText(SOON)).match(/Table (\d)/)[1]))
  assert.equal(new Set(number).size, 1, 'those who belong together sit together')
  await stage.getByRole('heading', { name: /Find your table/ }).waitFor(SOON)
  assert.equal(await stage.locator('.g-tables li').count(), 3)
  assert.ok(!(await stage.locator('main').innerText()).includes('Person'), 'no names on the stage')
  const sizes = (await work.tables()).map(({ people }) => people).sort()
  assert.deepEqual(sizes, [3, 4, 4])
  await Promise.all([picture(aysel, 'groups-hold-up'), picture(stage, 'groups-stage-seats')])
  for (const page of phones) await arrive(page)

  // Somebody comes late: there is a place, and nobody is moved for it.
  const before = await seated()
  const late = await join(made)
  await late.locator('#hold').waitFor(SOON)
  await arrive(late)
  assert.deepEqual(await seated(), before)
  assert.deepEqual((await work.tables()).map(({ people }) => people), [4, 4, 4])

  // The clock runs; two minutes more reach every phone and the stage.
  await made.command({ set_timer: { activity, seconds: 290 } })
  await stage.getByText('Less than 5 minutes left').waitFor(SOON)
  await made.command({ add_time: { activity, seconds: 120 } })
  await stage.locator('.g-figures', { hasText: /^6:/ }).waitFor(SOON)
  await aysel.getByRole('timer').filter({ hasText: /6:/ }).first().waitFor(SOON)

  // A call for help: seen at the desk, answered on the phone.
  const mine = (await work.tables()).find((table) => String(table.number) === number[0])
  await beka.getByRole('button', { name: 'We need help', exact: true }).click()
  await beka.getByRole('button', { name: 'We need help at our table' }).click()
  const call = desk.getByRole('region', { name: 'Tables that ask for help' })
  await call.getByText(`Table ${number[0]} asks for help`).waitFor(SOON)
  await picture(desk, 'groups-desk-help')
  await call.getByRole('button', { name: /coming/ }).click()
  await aysel.getByText('Somebody is coming.').first().waitFor(SOON)

  // Three write at once, one of them without a network; in the end all have the same, and all of it.
  const said = [[aysel, 'Müəllim təkdir. '], [beka, 'The stairs 🪜. '], [lena, 'არ არის ლიფტი. ']]
  for (const [page] of said) {
    await part(page, 'Notes')
    const pen = page.getByRole('button', { name: 'Write too' })
    await page.locator('#notes').waitFor()
    if (await page.locator('#notes[readonly]').count()) await pen.click()
    await page.locator('#notes:not([readonly])').waitFor(SOON)
  }
  line.cut()
  await Promise.all(said.map(([page, text]) => page.locator('#notes').pressSequentially(text, { delay: 12 })))
  await lena.locator('#notes-state', { hasText: 'it is kept on this phone' }).waitFor({ timeout: 10_000 })
  line.mend()
  const has = (page) => page.waitForFunction((all) => {
    const { value } = document.getElementById('notes')
    return all.every((one) => [...one].every((sign) => value.includes(sign))) && value.length === all.join('').length
  }, said.map(([, text]) => text), { timeout: 20_000 })
  await Promise.all(phones.map(has))
  const [one, other, third] = await Promise.all(phones.map((page) => page.locator('#notes').inputValue()))
  assert.equal(one, other)
  assert.equal(one, third)
  assert.ok(one.includes(said[2][1].trim()), 'what was written without a network is whole')

  // Ideas: posted, put on a pile, given dots that only show when they are shown.
  for (const page of phones) await part(page, 'Ideas')
  await post(aysel, 'A second adult in class')
  await post(beka, 'Another adult in the lesson')
  await post(beka, 'Move to the ground floor')
  await idea(lena, 'Another adult').getByRole('button', { name: /^More/ }).click()
  await lena.getByRole('button', { name: 'Put on a pile' }).click()
  await lena.getByRole('button', { name: 'A second adult in class', exact: true }).click()
  await aysel.locator('#list > ol > li').nth(1).waitFor(SOON)
  await aysel.waitForFunction(() => document.querySelectorAll('#list > ol > li').length === 2)
  for (const page of [aysel, lena]) await idea(page, 'A second adult').getByRole('button', { name: /\+ dot/ }).first().click()
  await idea(beka, 'ground floor').getByRole('button', { name: /\+ dot/ }).first().click()
  assert.equal(await aysel.locator('b.total').count(), 0, 'dots are hidden until they are shown')
  await made.command({ show_dots: { activity, on: true } })
  await idea(aysel, 'A second adult').locator('b.total', { hasText: '2 dots' }).waitFor(SOON)
  await picture(aysel, 'groups-phone-ideas')

  // Another table says the same.
  const elsewhere = people.find((person) => before[person.seat] !== mine.id)
  const twin = id()
  await elsewhere.command({ post_card: { id: twin, group: before[elsewhere.seat], text: 'Two adults' } })
  const { cards } = (await made.api('GET', `/views/${encodeURIComponent(`group/${mine.id}`)}`)).body.view
  const [top] = Object.entries(cards).find(([, card]) => card.text === 'A second adult in class')
  await made.command({ link_cards: { cards: [top, twin], on: true } })

  // Answers for the hall.
  await part(aysel, 'Answers')
  await aysel.getByLabel(ANSWERS[0]).fill('Teachers are alone')
  await aysel.getByLabel(ANSWERS[1]).fill('Visit one family each month')
  await aysel.getByLabel(ANSWERS[1]).blur()
  await aysel.getByText('Saved', { exact: true }).nth(1).waitFor({ timeout: 5000 })

  // A table that is ready stands on the stage.
  await elsewhere.command({ ready: { group: before[elsewhere.seat], on: true } })
  await stage.getByText('Ready: 1 of 3 tables').waitFor(SOON)
  await picture(stage, 'groups-stage-working')

  // The second round: other tables, other people, and what was written stays where it was.
  await made.command({ next_round: { activity } })
  await stage.getByText(/Round 2 of 2/).waitFor(SOON)
  await Promise.all([...phones, late].map((page) => page.locator('#hold, .state .btn').first().waitFor(SOON)))
  const sizesAfter = (await work.tables()).map(({ people }) => people)
  assert.equal(sizesAfter.reduce((sum, count) => sum + count, 0), 12)
  assert.ok(Math.max(...sizesAfter) - Math.min(...sizesAfter) <= 1, `sizes ${sizesAfter}`)

  // The end comes with a count-down, and can be called off until then.
  await made.command({ end_groups: { activity, in_s: 60 } })
  await stage.getByRole('heading', { name: 'Group work ends in' }).waitFor(SOON)
  await made.command({ end_groups: { activity } })

  // Report back: whose turn it is, how long still, what they found, who comes next.
  await made.command({ order_reports: { activity, groups: [mine.id] } })
  await stage.getByRole('heading', { name: 'Now the tables report back' }).waitFor(SOON)
  await made.command({ report: { activity, group: mine.id } })
  const reporter = stage.locator('.g-reporter')
  await reporter.getByRole('heading', { name: `Table ${number[0]}` }).waitFor(SOON)
  await reporter.locator('.g-figures', { hasText: /^[12]:/ }).waitFor(SOON)
  await stage.getByText(/^Next: table \d, then table \d$/).waitFor(SOON)
  const shown = (text) => stage.locator('.g-things li', { hasText: text }).evaluate((thing) => getComputedStyle(thing).visibility)
  assert.equal(await shown('Teachers are alone'), 'visible')
  await picture(stage, 'groups-stage-report')
  const pages = Number((await stage.locator('.g-foot .g-page').innerText()).match(/(\d+)$/)[1])
  const seen = new Set()
  for (let page = 0; page < pages; page++) {
    for (const thing of await stage.locator('.g-things li').all()) {
      if (await thing.evaluate((one) => getComputedStyle(one).visibility === 'visible')) seen.add((await thing.innerText()).replace(/\s+/g, ' '))
    }
    await stage.keyboard.press('PageDown')
  }
  const everything = [...seen].join('\n')
  for (const text of ['Visit one family', 'A second adult in class', '2 dots', 'also said by 1 other table', 'ground floor', 'არ არის ლიფტი']) {
    assert.ok(everything.includes(text), `the hall never saw “${text}” in:\n${everything}`)
  }
  await made.command({ pause_report: { activity, on: true } })
  await reporter.getByText('Clock stopped').waitFor(SOON)
  await made.command({ report: { activity } })
  await stage.getByText(/^Next: table/).waitFor(SOON)

  // What everybody and each one got is what they may have, and no name is among it.
  for (const heard of [stageHeard, ...[...phones, late].map((page) => page.heard)]) onlyAllowed(heard, 'floor', FLOOR)
  for (const page of [...phones, late]) onlyAllowed(page.heard, 'mine', MINE)
  nothingWrong(desk, stage, ...phones, late)
  line.close()
}))
