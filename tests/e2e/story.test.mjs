// A meeting from the first hello to the answer, as a desk, two phones and a stage live it, each in a real browser of its own.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axe, DESK, launch, nothingWrong, open, PHONE, picture, STAGE, told } from './support/browser.mjs'
import { everything, FLOOR, listen, MINE, onlyAllowed } from './support/frames.mjs'
import { serve } from './support/server.mjs'

// "Each sees what it should within a second."
const SECOND = { timeout: 1000 }

let server, browser
before(async () => {
  server = await serve()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

async function ask(phone, text, { send }) {
  await phone.locator('#ask').fill(text)
  await phone.getByRole('button', { name: send, exact: true }).click()
}

test('a meeting: create, join, ask, hold, approve, merge, vote, feature, answer', () => told(async () => {
  const desk = await open(browser, { size: DESK })
  const deskHeard = listen(desk)

  // The facilitator makes a meeting and goes to the desk.
  await desk.goto(`${server.address}/desk`)
  await desk.getByLabel('What is the meeting called?').fill('Inclusive schools')
  await desk.getByRole('button', { name: 'Make the meeting' }).click()
  await desk.getByRole('heading', { name: 'Your meeting is ready' }).waitFor()
  const joinLink = await desk.getByRole('textbox', { name: 'Link for participants' }).inputValue()
  const deskLink = await desk.getByRole('textbox', { name: 'Link to your desk' }).inputValue()
  assert.notEqual(joinLink.split('#')[1], deskLink.split('#')[1], 'join link and desk link carry different secrets')
  await desk.getByRole('button', { name: 'Go to the desk' }).click()
  await desk.getByText('Waiting for you').first().waitFor()
  const code = new URL(joinLink).pathname.slice(1)
  assert.match(code, /^\d{6}$/)

  // The stage pairs itself by four digits.
  const stage = await open(browser, { size: STAGE })
  const stageHeard = listen(stage)
  await stage.goto(`${server.address}/stage`)
  const digits = await stage.locator('.digits').filter({ hasText: /\d{4}/ }).innerText()
  await desk.getByRole('button', { name: 'Show on the projector' }).click()
  await desk.getByLabel('The four digits').fill(digits)
  await desk.getByRole('button', { name: 'Show the stage there' }).click()
  await desk.getByText('The screen shows the stage now.').first().waitFor()
  await desk.keyboard.press('Escape')
  await stage.getByText(`${code.slice(0, 2)} ${code.slice(2, 4)} ${code.slice(4)}`).first().waitFor()

  await desk.getByRole('button', { name: 'Joining: enough' }).click()

  // One phone types the code, the other scans the QR; one speaks English, one Azerbaijani.
  const leyla = await open(browser, { size: PHONE })
  const leylaHeard = listen(leyla)
  await leyla.goto(server.address)
  await leyla.getByLabel(/six numbers/).fill(code)
  await leyla.getByRole('button', { name: 'Join', exact: true }).click()
  await leyla.locator('#ask').waitFor()

  const rashad = await open(browser, { size: PHONE, language: 'az' })
  const rashadHeard = listen(rashad)
  await rashad.goto(`${server.address}${new URL(joinLink).pathname}${new URL(joinLink).hash}`)
  await rashad.locator('#ask').waitFor()
  assert.equal(new URL(rashad.url()).hash, '', 'the secret leaves the address at once')
  assert.equal(await rashad.locator('html').getAttribute('lang'), 'az')
  await desk.getByText('2 here').first().waitFor({ timeout: 2500 })

  // Review is switched on: what is asked now waits.
  await desk.getByText('Settings', { exact: false }).first().click()
  await desk.getByRole('switch', { name: 'I review every question first' }).click()

  const anonymous = 'How does a class teacher start without an assistant?'
  await ask(leyla, anonymous, { send: 'Send' })
  await desk.locator('aside').getByText(anonymous).first().waitFor(SECOND)
  await leyla.getByText('Waiting for the moderator').first().waitFor(SECOND)
  assert.equal(await rashad.getByText(anonymous).count(), 0, 'nobody else sees what waits')

  // Shown to all: phones and stage have it within a second.
  await desk.locator('aside').getByRole('button', { name: 'Show to all' }).first().click()
  await Promise.all([rashad.locator('#list').getByText(anonymous).first().waitFor(SECOND), stage.getByText(anonymous).first().waitFor(SECOND)])

  // A second one with the same sense, and one that is not shown.
  const twin = 'How can a class teacher start without any assistant?'
  await ask(rashad, twin, { send: 'Göndər' })
  await desk.locator('aside').getByText(twin).first().waitFor(SECOND)
  await desk.locator('aside').getByRole('button', { name: 'Same question' }).first().click()
  await desk.getByText('Merged: “', { exact: false }).first().waitFor(SECOND)

  const secret = 'This one the hall never sees'
  await ask(rashad, secret, { send: 'Göndər' })
  await desk.locator('aside').getByText(secret).first().waitFor(SECOND)
  await desk.locator('aside').getByRole('button', { name: 'Don’t show…' }).first().click()
  await desk.getByRole('button', { name: 'This is about another topic.' }).click()
  // Its author reads why.
  await rashad.getByRole('button', { name: /Mənim/ }).first().click()
  await rashad.getByText('This is about another topic.', { exact: false }).waitFor(SECOND)
  await rashad.locator('.tab').first().click()

  // Votes.
  await rashad.locator('#list .vote').first().click()
  await leyla.locator('#list .vote .num', { hasText: '1' }).waitFor({ timeout: 1500 })

  // It gets the floor on every screen, and is answered.
  await desk.getByRole('button', { name: 'Show on stage' }).first().click()
  await Promise.all([
    stage.locator('.floor', { hasText: anonymous }).waitFor(SECOND),
    leyla.locator('.card.floor', { hasText: anonymous }).waitFor(SECOND),
    rashad.locator('.card.floor', { hasText: anonymous }).waitFor(SECOND),
  ])
  await Promise.all([picture(desk, 'story-desk'), picture(leyla, 'story-phone'), picture(stage, 'story-stage')])
  await axe(stage, 'the stage with a question')
  await desk.getByRole('button', { name: 'Answered', exact: true }).first().click()
  await Promise.all([
    stage.locator('.floor').waitFor({ state: 'detached', ...SECOND }),
    leyla.locator('.card.floor').waitFor({ state: 'detached', ...SECOND }),
  ])
  await leyla.getByRole('button', { name: /^Answered/ }).click()
  await leyla.locator('#list').getByText(anonymous).first().waitFor(SECOND)

  // Nobody saw what they should not: closed lists of paths, and none of the held or hidden words.
  for (const heard of [leylaHeard, rashadHeard, stageHeard, deskHeard]) onlyAllowed(heard, 'floor', FLOOR)
  for (const heard of [leylaHeard, rashadHeard]) onlyAllowed(heard, 'mine', MINE)
  assert.ok(!everything(stageHeard).includes(secret), 'the stage never got the dismissed text')
  assert.ok(!everything(leylaHeard).includes(secret), 'the other phone never got the dismissed text')
  assert.ok(!everything(stageHeard).includes('"mine"'), 'a stage has nothing of its own')
  for (const heard of [leylaHeard, rashadHeard, stageHeard]) {
    for (const frame of heard.frames) assert.ok(!/"(desk|care|concerns)"/.test(frame), 'only the desk gets the desk')
  }
  const seats = await desk.evaluate(() => localStorage.getItem('openfloor.seats'))
  for (const heard of [leylaHeard, rashadHeard, stageHeard]) {
    for (const { seat, token } of JSON.parse(seats)) {
      assert.ok(!everything(heard).includes(token), 'no token of another')
      assert.ok(!everything(heard).includes(seat), 'no seat of another')
    }
  }
  nothingWrong(desk, leyla, rashad, stage)
}))
