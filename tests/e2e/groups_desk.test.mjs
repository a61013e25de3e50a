// Group work led from the desk with the keyboard alone: planned, shown to everybody, given two minutes more, ended, reported.
// No command is sent beside it; what the facilitator's keys did is seen on a phone and on the stage.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, DESK, launch, nothingWrong, open, PHONE, STAGE, told } from './support/browser.mjs'
import { press, write } from './support/keys.mjs'
import { meeting, serve } from './support/server.mjs'

const SOON = { timeout: 5000 }

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

test('a facilitator leads group work from the first setting to the report without a mouse', () => told(async () => {
  const made = await meeting(server)
  for (let count = 0; count < 7; count++) await made.person({ name: `Person ${count + 1}` })
  const [desk, phone, stage] = [await open(browser, { size: DESK }), await open(browser, { size: PHONE }), await open(browser, { size: STAGE })]
  await Promise.all([desk.goto(local(made.links.desk)), phone.goto(local(made.links.join)), stage.goto(local(made.links.stage))])
  await Promise.all([desk.locator('.frame').waitFor(), phone.locator('#ask').waitFor(), stage.locator('.corner').waitFor()])
  const button = (name, within = desk) => within.getByRole('button', { name, exact: true })
  const sheet = desk.locator('dialog[open]')

  // On the agenda.
  await press(button('Add to the agenda'))
  await desk.getByLabel('What kind').waitFor(SOON)
  await desk.keyboard.type('Group')
  await press(button('Add', desk.locator('nav.agenda')))
  await desk.locator('#groups-title').waitFor(SOON)

  // The plan: a task, four at a table, ten minutes.
  await write(desk.getByLabel('What is to be done at the tables?'), 'What keeps a child out of a lesson?')
  await write(desk.getByLabel('People at a table', { exact: true }), '4')
  await write(desk.getByLabel(/^Minutes a round/), '10')
  await press(button('Make the tables'))
  await desk.locator('.preview .tables li').nth(1).waitFor(SOON)
  await axe(desk, 'the plan by keyboard')

  // Shown to everybody: what is to be said aloud stands ready, the phone and the stage show where to go.
  await press(button('Show to everybody…', desk.locator('.preview')))
  await sheet.waitFor(SOON)
  await press(button('Show to everybody…', sheet))
  await Promise.all([
    desk.locator('.aloud').waitFor(SOON), phone.locator('#hold', { hasText: /Table [12]/ }).waitFor(SOON), stage.locator('.g-tables li').nth(1).waitFor(SOON),
  ])
  await axe(desk, 'read aloud by keyboard')
  await press(button('I have said it'))

  await desk.locator('.time .left', { hasText: /^(10:0|9:5)/ }).waitFor(SOON)
  await press(button('+2 min'))
  await desk.locator('.time .left', { hasText: /^1[12]:/ }).waitFor(SOON)

  // A look at one table, and back to where the focus was.
  const first = desk.locator('[data-table="1"]')
  await press(first)
  await sheet.waitFor(SOON)
  await desk.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached', timeout: 5000 })
  assert.ok(await first.evaluate((one) => one === document.activeElement), 'the focus comes back')

  await press(button('Finish…'))
  await press(button('Now', sheet))
  await stage.locator('.g-calm').waitFor(SOON)

  // The first table reports, then nobody.
  await press(button('Report back', desk.locator('.acts')))
  await press(button('Start: Table 1'))
  await Promise.all([desk.locator('#reports-now').waitFor(SOON), stage.locator('.g-reporter h1, .g-reporter h2', { hasText: 'Table 1' }).first().waitFor(SOON)])
  await axe(desk, 'report back by keyboard')
  await press(button('End the reports'))
  await Promise.all([desk.locator('#reports-now').waitFor({ state: 'detached', timeout: 5000 }), stage.locator('.g-reporter').waitFor({ state: 'detached', timeout: 5000 })])
  nothingWrong(desk, phone, stage)
}))
