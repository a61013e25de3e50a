// The legibility rule of the stage: nothing below 3.3 % of its width, the thing itself at least 4.5 %, at most four things, at 1280 and 1920.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, open } from './support/browser.mjs'
import { meeting, serve } from './support/server.mjs'

const SIZES = [{ width: 1280, height: 720 }, { width: 1920, height: 1080 }]
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

// The sizes of all visible text, in hundredths of the width, and whether anything is cut off by the edge.
const measure = (page) => page.evaluate(() => {
  const found = { least: Infinity, small: '', outside: '' }
  const texts = document.createTreeWalker(document.querySelector('.stage'), NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const one = texts.currentNode
    const inside = one.parentElement
    if (!one.data.trim() || inside.closest('.vh') || !inside.checkVisibility()) continue
    const size = (parseFloat(getComputedStyle(inside).fontSize) / innerWidth) * 100
    if (size < found.least) Object.assign(found, { least: size, small: one.data.trim() })
    const box = inside.getBoundingClientRect()
    if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1) found.outside = one.data.trim()
  }
  const thing = document.querySelector('.stage main h1, .stage .huge')
  return { ...found, thing: (parseFloat(getComputedStyle(thing).fontSize) / innerWidth) * 100 }
})

for (const size of SIZES) {
  for (const language of ['en', 'az', 'ru']) {
    test(`every picture is read from the last row at ${size.width} in ${language}`, async () => {
      const made = await meeting(server, { title: 'Every child in the same classroom: what do we change by September?' })
      const activity = await made.activity()
      const person = await made.person()
      const question = id()
      const long = id()
      await person.command({ ask: { id: question, activity, text: 'How does a class teacher start when there is no assistant yet?' } })
      await person.command({ ask: { id: id(), activity, text: 'Who pays for the ramp?' } })
      await person.command({ ask: { id: long, activity, text: 'Valideynlər nə etməlidir? '.repeat(18).trim() } })
      const page = await open(browser, { size, language })
      await page.goto(made.links.stage.replace(/^https?:\/\/[^/]+/, server.address))
      await page.locator('.corner').waitFor()
      const holds = async (name) => {
        await page.waitForTimeout(120)
        const { least, small, thing, outside } = await measure(page)
        assert.ok(least >= 3.3, `${name}: “${small}” is ${least.toFixed(2)} % of the width`)
        assert.ok(thing >= 4.5, `${name}: the thing itself is ${thing.toFixed(2)} %`)
        assert.equal(outside, '', `${name}: cut off`)
        const things = await page.locator('.stage .floor, .stage .next li, .stage .way, .stage .corner .code').count()
        assert.ok(things <= 4, `${name}: ${things} things at once`)
      }
      await made.command({ show_joining: { on: false } })
      await page.locator('.next').waitFor()
      await holds('the list')
      await made.command({ feature: { question } })
      await page.locator('.floor h1').waitFor()
      await holds('a question')
      await made.command({ feature: { question: long } })
      await page.locator('.floor h1', { hasText: 'Valideynlər' }).waitFor()
      await holds('a long question')
      await made.command({ change_meeting: { wifi: { name: 'Inklüziv məktəb zalı', password: 'bahar-2026-bayram' } } })
      await made.command({ show_joining: { on: true } })
      await page.locator('.way').nth(1).waitFor()
      await holds('joining')
      await made.command({ show_joining: { on: false } })
      await made.command({ hide_stage: { on: true } })
      await page.locator('.card-screen').waitFor()
      await holds('hidden')
      await made.command({ hide_stage: { on: false } })
      await made.command({ end: {} })
      await page.locator('.card-screen').waitFor()
      await holds('ended')
      await page.context().close()
    })
  }
}
