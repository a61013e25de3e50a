// The stage of debates and discussions, from fixtures: every state keeps the legibility rule at 1280 and 1920 in three
// languages, nothing lies on anything else or beyond the edge, and axe finds nothing in a bright or a dark hall. No server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { axe, launch, nothingWrong, open } from './support/browser.mjs'

const SIZES = [{ width: 1280, height: 720 }, { width: 1920, height: 1080 }, { width: 1024, height: 768 }]
const web = fileURLToPath(new URL('../../web/', import.meta.url))

let vite, browser, address
before(async () => {
  // Vite stands beside the screens it serves.
  const { createServer } = await import(pathToFileURL(createRequire(`${web}package.json`).resolve('vite')))
  vite = await createServer({ root: web, configFile: `${web}vite.config.ts`, server: { port: 0, host: '127.0.0.1', hmr: false, watch: null }, logLevel: 'error' })
  await vite.listen()
  address = `${vite.resolvedUrls.local[0]}tests/stage/page.html`
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await vite?.close()
})

async function stage(size, language) {
  const page = await open(browser, { size, language })
  page.setDefaultTimeout(30_000)
  await page.goto(`${address}?lang=${language}`)
  await page.locator('.debate').waitFor()
  return page
}

// Sizes in hundredths of the width; what is cut, what lies on what, how many things there are at once.
const measure = (page) => page.evaluate(async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  const found = { least: Infinity, small: '', outside: '', over: '', broken: '' }
  const seen = (one) => one.checkVisibility() && !one.closest('.vh')
  // What is seen of it: a long text ends where its own box does.
  const clipped = (one) => {
    let { top, right, bottom } = one.getBoundingClientRect()
    for (let around = one.parentElement; around && !around.matches('main'); around = around.parentElement) {
      if (getComputedStyle(around).overflow === 'visible') continue
      const box = around.getBoundingClientRect()
      right = Math.min(right, box.right)
      bottom = Math.min(bottom, box.bottom)
    }
    return { top, right, bottom }
  }
  const texts = document.createTreeWalker(document.querySelector('.stage'), NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const inside = texts.currentNode.parentElement
    if (!texts.currentNode.data.trim() || !seen(inside)) continue
    const size = (parseFloat(getComputedStyle(inside).fontSize) / innerWidth) * 100
    if (size < found.least) Object.assign(found, { least: size, small: texts.currentNode.data.trim() })
    const box = clipped(inside)
    if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.top < -1) found.outside = texts.currentNode.data.trim()
    // A word alone may break only between letters where it is longer than its line.
    if (inside.matches('.d-word') && inside.scrollWidth > inside.clientWidth + 1) found.broken = texts.currentNode.data.trim()
  }
  const blocks = [...document.querySelectorAll('.corner, .d-head, .d-who, .d-next, .d-point, .d-clock, .d-foot, .d-motion, .d-choices, .d-sides li, .d-banks, .d-bank, .d-swing, .d-most, .d-won, .d-totals, .d-ranks, .s-line, .s-closed, .sound-off, .d-calm')].filter(seen)
  for (const [at, one] of blocks.entries()) {
    for (const other of blocks.slice(at + 1)) {
      if (one.contains(other) || other.contains(one)) continue
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()]
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2) found.over = `${one.className} on ${other.className}`
    }
  }
  const things = [...document.querySelectorAll('.stage main h1, .stage .d-figures')].filter(seen)
  const sizes = things.map((one) => (parseFloat(getComputedStyle(one).fontSize) / innerWidth) * 100)
  return {
    ...found, thing: Math.max(...sizes), least_thing: Math.min(...sizes),
    count: ['.code', '.d-who, .d-motion, .d-banks, .d-swing, .d-won, .d-ranks, .d-sides, .d-calm', '.d-next, .d-point, .s-line, .d-totals, .d-choices', '.d-clock:not(.d-large)', '.d-foot'].filter((one) => document.querySelector(one)).length,
    live: [...document.querySelectorAll('[role=timer]')].filter((one) => one.closest('[aria-live]:not([aria-live=off])') && !one.closest('.d-point')).length,
  }
})

for (const size of SIZES) {
  for (const language of ['en', 'az', 'ru']) {
    test(`debates and discussions are read from the last row at ${size.width} in ${language}`, async () => {
      const page = await stage(size, language)
      // A square screen is lower in words: what counts there is that all stays on it.
      const wrong = []
      for (const state of await page.evaluate(() => window.states)) {
        await page.evaluate((name) => window.show(name), state)
        const { least, small, outside, over, broken, thing, least_thing, count, live } = await measure(page)
        if (least < 3.3) wrong.push(`${state}: “${small}” is ${least.toFixed(2)} % of the width`)
        if (thing < 4.5 || least_thing < 4.5) wrong.push(`${state}: the thing itself is ${least_thing.toFixed(2)} %`)
        if (outside) wrong.push(`${state}: “${outside}” is beyond the edge`)
        if (over) wrong.push(`${state}: ${over}`)
        if (broken) wrong.push(`${state}: “${broken}” does not fit`)
        if (count > 4) wrong.push(`${state}: ${count} things at once`)
        if (live) wrong.push(`${state}: a timer is read aloud`)
      }
      assert.deepEqual(wrong, [])
      nothingWrong(page)
      await page.context().close()
    })
  }
}

for (const hall of ['bright', 'dark']) {
  test(`axe finds nothing in a ${hall} hall`, async () => {
    const page = await stage(SIZES[0], 'en')
    for (const state of await page.evaluate(() => window.states)) {
      await page.evaluate(([name, light]) => window.show(name, light), [state, hall])
      await axe(page, `${state}, ${hall}`)
    }
    await page.context().close()
  })
}

test('a bell is heard and seen on time where the stage rings, and is only seen elsewhere', async () => {
  const page = await stage(SIZES[0], 'en')
  await page.evaluate(() => {
    window.heard = []
    const start = AudioBufferSourceNode.prototype.start
    AudioBufferSourceNode.prototype.start = function (...at) {
      window.heard.push(performance.now())
      return start.apply(this, at)
    }
  })
  for (const [state, strokes] of [['points', 0], ['blocked', 1]]) {
    await page.evaluate((name) => {
      window.heard = []
      window.began = performance.now()
      // 1.2 s before the bell at one minute left.
      window.show(name, 'bright', 360_000 - 159_000 - 1_200)
    }, state)
    await page.keyboard.press('Shift')
    await page.locator('.bell-frame').waitFor()
    assert.ok(await page.evaluate(() => performance.now() - window.began) > 1_100, 'not before its time')
    assert.equal(await page.locator('[role=timer]').first().textContent(), '1:00')
    assert.match(await page.locator('.d-phase').textContent(), /Last minute/)
    assert.equal(await page.locator('main > [role=status]').textContent(), 'One minute left.')
    assert.equal(await page.evaluate(() => window.heard.length), strokes)
    await page.locator('.bell-frame').waitFor({ state: 'detached' })
  }
  nothingWrong(page)
  await page.context().close()
})

test('a screen that is opened after a bell stays silent', async () => {
  const page = await stage(SIZES[0], 'en')
  await page.evaluate(() => window.show('points', 'bright', 360_000 - 159_000 + 300))
  await page.locator('.d-figures', { hasText: '0:58' }).waitFor()
  assert.equal(await page.locator('.bell-frame').count(), 0)
  assert.equal(await page.locator('main > [role=status]').textContent(), '')
  await page.context().close()
})
