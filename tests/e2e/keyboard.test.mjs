// Without a mouse: a person joins, asks and votes, a facilitator moderates and leads, the person at the projector changes the hall;
// the list does not change under focus.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DESK, launch, nothingWrong, open, STAGE, told } from './support/browser.mjs'
import { tabTo } from './support/keys.mjs'
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
const id = () => crypto.randomUUID()

test('a person joins, asks and votes by keyboard, and the list stands still under focus', () => told(async () => {
  const made = await meeting(server)
  const activity = await made.activity()
  const other = await made.person()
  const first = id()
  await other.command({ ask: { id: first, activity, text: 'Who pays for the ramp?' } })
  const page = await open(browser)
  await page.goto(server.address)
  await page.locator('#code').waitFor()
  await tabTo(page.locator('#code'))
  await page.keyboard.type(made.code)
  await page.keyboard.press('Enter')
  await page.locator('#list article').first().waitFor()
  await tabTo(page.locator('#list .vote').first())
  await page.keyboard.press('Space')
  await page.locator('#list .vote[aria-pressed=true]').first().waitFor()

  // Others ask while the focus is in the list: nothing moves, one button offers them.
  const before = await page.locator('#list ol').innerText()
  await other.command({ ask: { id: id(), activity, text: 'Can students volunteer?' } })
  await page.getByRole('button', { name: 'Show 1 new' }).waitFor()
  assert.equal(await page.locator('#list ol').innerText(), before, 'the list stands still')
  await tabTo(page.getByRole('button', { name: 'Show 1 new' }), true)
  await page.keyboard.press('Enter')
  await page.locator('#list').getByText('Can students volunteer?').first().waitFor()

  await tabTo(page.locator('#ask'))
  await page.keyboard.type('Asked without a mouse')
  await tabTo(page.getByRole('button', { name: 'Send', exact: true }))
  await page.keyboard.press('Enter')
  await page.locator('#list').getByText('Asked without a mouse').first().waitFor()
  nothingWrong(page)
}))

test('a facilitator makes a meeting, moderates and leads by keyboard', () => told(async () => {
  const page = await open(browser, { size: DESK })
  await page.goto(`${server.address}/desk`)
  await page.locator('form').waitFor()
  await tabTo(page.getByLabel('What is the meeting called?'))
  await page.keyboard.type('Without a mouse')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Your meeting is ready' }).waitFor()
  await tabTo(page.getByRole('button', { name: 'Go to the desk' }))
  await page.keyboard.press('Enter')
  await page.locator('aside.review').waitFor()
  nothingWrong(page)
}))

test('single keys moderate once they are switched on, and never before', () => told(async () => {
  const made = await meeting(server)
  const activity = await made.activity()
  await made.command({ set_questions: { activity, review: true } })
  const person = await made.person()
  const ids = [id(), id(), id()]
  for (const [place, text] of ['One of three', 'Another thing entirely', 'Something else again'].entries()) {
    await person.command({ ask: { id: ids[place], activity, text } })
  }
  const page = await open(browser, { size: DESK })
  await page.goto(local(made.links.desk))
  await page.locator('aside.review [data-card]').nth(2).waitFor()
  await page.locator('aside.review [data-card]').first().focus()
  for (const key of 'asdmfhjkxz') await page.keyboard.press(key)
  assert.equal(Object.keys((await made.floor()).questions).length, 0, 'no key does anything before it is switched on')

  await tabTo(page.getByRole('switch', { name: 'Moderate by keyboard' }))
  await page.keyboard.press('Space')
  await page.locator('kbd').first().waitFor()
  await page.locator('aside.review [data-card]').first().focus()
  await page.keyboard.press('a')
  await page.locator('aside.review [data-card]').nth(2).waitFor({ state: 'detached' })
  assert.equal((await made.floor()).listed, 1)
  await page.keyboard.press('l')
  await page.keyboard.press('f')
  await page.waitForFunction(() => document.body.innerText.includes('Being answered now'))
  assert.equal(Object.keys((await made.floor()).questions).length, 1)
  nothingWrong(page)
}))

test('the stage has its tools at hand by keyboard', () => told(async () => {
  const made = await meeting(server)
  const page = await open(browser, { size: STAGE })
  await page.goto(local(made.links.stage))
  await page.locator('.corner').waitFor()
  await tabTo(page.locator('.stage-tools button').first())
  await page.keyboard.press('Enter')
  await page.locator('.stage.dark').waitFor()
  await tabTo(page.locator('.stage-tools select'))
  nothingWrong(page)
}))
