// Every screen and state, light and dark, in en, az and ru, at 320 and 1280 px: axe finds nothing and leaves nothing open,
// nothing scrolls sideways, and what is touched on a phone is at least 44 px.
import { after, before, test } from 'node:test'
import { axe, fits, launch, nothingWrong, open, SMALL, DESK, STAGE, settled, targets } from './support/browser.mjs'
import { meeting, serve } from './support/server.mjs'

const LANGUAGES = ['en', 'az', 'ru']
const SCHEMES = ['light', 'dark']

let server, browser
before(async () => {
  server = await serve()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

// The same screen in every language, scheme and size; `each` runs one step on all of them.
async function everywhere(address, sizes, ready) {
  const pages = []
  for (const language of LANGUAGES) {
    for (const scheme of SCHEMES) {
      for (const size of sizes) {
        const page = await open(browser, { language, scheme, size })
        page.called = `${language} ${scheme} ${size.width}`
        await page.goto(typeof address === 'function' ? await address() : address)
        if (ready) await ready(page)
        await settled(page)
        pages.push(page)
      }
    }
  }
  return {
    pages,
    // Brings every page to a state and holds it to the rules; two pages at a time. `within`: the part that the state is about,
    // where the rest stands behind it and was looked at before.
    async state(name, bring, { touch = 44, within } = {}) {
      const left = [...pages]
      const lane = async () => {
        for (let page = left.shift(); page; page = left.shift()) {
          if (bring) await bring(page)
          const where = `${name} (${page.called})`
          await axe(page, where, within)
          await fits(page, where)
          await targets(page, where, touch)
        }
      }
      await Promise.all([lane(), lane()])
      nothingWrong(...pages)
    },
    close: () => Promise.all(pages.map((page) => page.context().close())),
  }
}

// Tall, so that no bar that stays at the edge hides what axe looks at.
const SIZES = [{ ...SMALL, height: 1600 }, { ...DESK, height: 1600 }]
const local = (url) => url.replace(/^https?:\/\/[^/]+/, server.address)
const id = () => crypto.randomUUID()

// Turns the desk to one of its pages; on a small screen they lie behind the menu.
async function turn(page, place) {
  const tabs = page.locator('#desk-pages nav button')
  if (!(await tabs.first().isVisible())) await page.locator('button.menu').click()
  await tabs.nth(place).click()
  await page.waitForLoadState('networkidle')
}

async function escape(screens) {
  for (const page of screens.pages) await page.keyboard.press('Escape')
}
const SHEET = { within: 'dialog[open]' }

// A hall with every kind of question in it.
async function hall() {
  const made = await meeting(server)
  const activity = await made.activity()
  await made.command({ change_meeting: { ask: ['teacher', 'parent'], wifi: { name: 'Hall-5', password: 'bahar2026' }, contact: { name: 'Aysel', numbers: '116 111', on_duty: true } } })
  const people = []
  for (let count = 0; count < 6; count++) people.push(await made.person({ tags: ['teacher'] }))
  const ask = async (person, text, more = {}) => {
    const question = id()
    await people[person].command({ ask: { id: question, activity, text, ...more } })
    return question
  }
  const ids = {
    now: await ask(0, 'How does a class teacher start when there is no assistant yet?', { as_tag: 'teacher', language: 'en' }),
    ramp: await ask(1, 'Who pays for the ramp: the school or the municipality?', { language: 'en', anonymous: true }),
    network: await ask(2, 'Valideynlər şəbəkəyə necə qoşula bilər?', { language: 'az' }),
    parked: await ask(3, 'Какие документы нужны для тьютора?', { language: 'ru' }),
    answered: await ask(4, 'Will the slides be shared?', { language: 'en' }),
    dismissed: await ask(5, 'Is the coffee free?', { language: 'en' }),
    twin: await ask(5, 'Who pays for the ramp, the school or the municipality?', { language: 'en' }),
  }
  await people[0].command({ vote: { question: ids.ramp, on: true } })
  await made.command({ translate: { question: ids.network, language: 'en', text: 'How can parents join the network?' } })
  await made.command({ park: { question: ids.parked } })
  await made.command({ answer: { question: ids.answered, text: 'Yes, on the school’s page.', by: 'Aysel' } })
  await made.command({ dismiss: { question: ids.dismissed, reason: 'This is about another topic.' } })
  await made.command({ set_questions: { activity, review: true } })
  ids.waiting = await ask(1, 'Can we see an example of an individual plan?', { language: 'en' })
  return { made, activity, people, ids }
}

test('phone: joining', async () => {
  const screens = await everywhere(`${server.address}/`, SIZES, (page) => page.locator('input').first().waitFor())
  await screens.state('join')
  await screens.state('join, no such code', async (page) => {
    await page.locator('input').first().fill('000001')
    await page.locator('form button').first().click()
    await page.locator('[role=alert], .wrong').filter({ hasText: /\S/ }).first().waitFor()
  })
  await screens.close()
})

test('phone: a meeting from the first question to its end', async () => {
  const { made, activity, ids } = await hall()
  const screens = await everywhere(local(made.links.join), SIZES, (page) => page.locator('#list article').first().waitFor())
  await screens.state('questions')
  for (const [place, name] of [[1, 'new'], [2, 'mine, empty'], [3, 'answered'], [0, 'most wanted']]) {
    await screens.state(`tab ${name}`, (page) => page.locator('.tab').nth(place).click())
  }
  await screens.state('typing, with similar ones', async (page) => {
    await page.locator('#ask').fill('Who pays for the ramp?')
    await page.locator('footer .one').first().waitFor()
  })
  await screens.state('asked, waiting', async (page) => {
    await page.locator('#ask').fill('Can students volunteer as helpers in a class?')
    await page.locator('footer button.btn').last().click()
    await page.locator('#list').getByText('Can students volunteer').first().waitFor()
  })
  await made.command({ feature: { question: ids.now } })
  await screens.state('a question is being answered', (page) => page.locator('.card.floor').waitFor())
  await made.command({ call_back: { on: true } })
  await screens.state('please look up', (page) => page.locator('#app').getByRole('heading').first().waitFor())
  await made.command({ call_back: { on: false } })
  await made.command({ close: { activity } })
  await screens.state('closed', async (page) => {
    await page.locator('#ask').waitFor({ state: 'detached' })
  })
  await made.command({ open: { activity } })
  await screens.state('offline', async (page) => {
    await page.locator('#ask').waitFor()
    await page.context().setOffline(true)
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.locator('p.state').waitFor({ timeout: 20_000 })
  })
  for (const page of screens.pages) await page.context().setOffline(false)
  await made.command({ end: {} })
  await screens.state('ended', (page) => page.locator('#ask').waitFor({ state: 'detached', timeout: 20_000 }))
  await screens.close()
})

test('phone: more, something is wrong, another person', async () => {
  const { made } = await hall()
  const screens = await everywhere(local(made.links.join), SIZES, (page) => page.locator('#list article').first().waitFor())
  await screens.state('more', async (page) => {
    await page.locator('header.bar button').last().click()
    await page.locator('.page[hidden]').waitFor({ state: 'attached' })
  })
  for (const [place, name] of [[1, 'who I am'], [2, 'several people on this phone']]) {
    await screens.state(name, async (page) => {
      await page.locator('main.body > button.btn.quiet.wide').nth(place).click()
      await page.locator('main.body > button.btn.quiet.wide').first().waitFor({ state: 'detached' })
    })
    for (const page of screens.pages) await page.locator('.page:not([hidden]) header.bar button').first().click()
  }
  await screens.state('something is wrong', async (page) => {
    await page.goBack()
    await page.locator('button.help').click()
    await page.locator('.page[hidden]').waitFor({ state: 'attached' })
  })
  await screens.close()
})

test('phone: waiting to be let in, and turned away', async () => {
  const made = await meeting(server)
  await made.command({ change_meeting: { ask_first: true } })
  const screens = await everywhere(local(made.links.join), SIZES, (page) => page.locator('h1:visible').first().waitFor())
  await screens.state('waiting to be let in', (page) => page.waitForLoadState('networkidle'))
  const { body } = await made.api('GET', '/seats')
  for (const { seat, waiting } of body.seats) if (waiting) await made.command({ turn_away: { seat } })
  await screens.state('turned away', (page) => page.waitForFunction(() => document.querySelectorAll('button').length > 0))
  await screens.close()
})

test('desk: making a meeting, and its pages', async () => {
  const make = await everywhere(`${server.address}/desk`, SIZES, (page) => page.locator('form').waitFor())
  await make.state('make a meeting')
  await make.state('your meeting is ready', async (page) => {
    await page.locator('form input').first().fill('Inclusive schools')
    await page.locator('form button.btn').last().click()
    await page.locator('main.page section.yours').waitFor()
  })
  await make.close()
})

test('desk: a meeting in full swing', async () => {
  const { made, ids } = await hall()
  await made.command({ feature: { question: ids.now } })
  const screens = await everywhere(local(made.links.desk), SIZES, (page) => page.locator('.frame').waitFor())
  await screens.state('the desk as it opens')
  // One practice for all of them: a meeting has one at a time.
  const { body: practice } = await made.api('POST', '/practice', { phones: 3 })
  for (const page of screens.pages) await page.route('**/practice', (route) => route.fulfill({ status: 201, json: practice }))
  // Counted from the end, for the pocket desk stands among them on a small screen alone.
  for (const [place, name] of [[-1, 'check the hall'], [-2, 'meeting and links'], [-3, 'people'], [0, 'the table']]) {
    await screens.state(name, (page) => turn(page, place))
    if (place === -1) {
      await screens.state('practice', async (page) => {
        await page.locator('li.tick').last().locator('button').click()
        await page.locator('li.tick a').waitFor()
      }, { within: 'li.tick:last-child' })
    } else if (place === -2) {
      await screens.state('links made', async (page) => {
        await page.locator('section[aria-labelledby=links-title] form button').click()
        await page.locator('dialog[open] [role=img], dialog[open] img').waitFor()
      }, SHEET)
      await escape(screens)
    } else if (place === -3) {
      await screens.state('moving a seat', async (page) => {
        await page.locator('.one > button.line').first().click()
        await page.locator('.one .acts .btn.quiet.wide').last().click()
        await page.locator('dialog[open] .btn.wide').click()
        await page.locator('dialog[open] [role=img], dialog[open] img').waitFor()
      }, SHEET)
      await escape(screens)
    }
  }
  await screens.state('don’t show, with a reason', async (page) => {
    await page.locator('[data-card=waiting] [data-act=dont]').first().click()
    await page.locator('dialog[open]').waitFor()
  })
  await escape(screens)
  await screens.state('more about a card', async (page) => {
    await page.locator('[data-card] [data-act=more]').first().click()
    await page.locator('[data-act=more][aria-expanded=true]').first().waitFor()
  })
  await screens.state('same question as', async (page) => {
    const card = page.locator('[data-card=waiting]').first()
    if (!(await card.locator('.more').count())) await card.locator('[data-act=more]').click()
    await card.locator('.more button').first().click()
    await page.locator('dialog[open] .pick').first().waitFor()
  }, SHEET)
  await escape(screens)
  await screens.state('table cards', async (page) => {
    await turn(page, -1)
    await page.locator('main .buttons button').last().click()
    await page.locator('main img, main svg').first().waitFor()
  })
  for (const page of screens.pages) await turn(page, 0)
  await screens.state('show on the projector', async (page) => {
    if (!(await page.locator('#desk-pages').isVisible())) await page.locator('button.menu').click()
    await page.locator('#desk-pages button').last().click()
    await page.locator('dialog[open]').waitFor()
  })
  await screens.state('an act that reaches everyone', async (page) => {
    await page.keyboard.press('Escape')
    await turn(page, 0)
    const fold = page.locator('nav.agenda .fold')
    if (await fold.isVisible()) await fold.click()
    await page.locator('nav.agenda button').last().click()
    await page.locator('dialog[open]').waitFor()
    await page.waitForFunction(() => document.querySelector('dialog[open] button'))
  })
  await escape(screens)
  await made.command({ end: {} })
  await screens.state('ended')
  await screens.close()
})

test('desk: without its link, and with a revoked one', async () => {
  const made = await meeting(server)
  const bare = await everywhere(`${server.address}/desk/${made.id}`, SIZES, (page) => page.locator('h1').first().waitFor())
  await bare.state('no link')
  await bare.close()
  const { body: link } = await made.api('POST', '/links', { role: 'moderator', label: 'Rashad' })
  const screens = await everywhere(local(link.url), SIZES, (page) => page.locator('.frame').waitFor())
  await made.command({ revoke_link: { link: link.link } })
  await screens.state('revoked', (page) => page.locator('.frame').waitFor({ state: 'detached' }))
  await screens.close()
})

test('desk: the contact for what is wrong', async () => {
  const { made, people } = await hall()
  const calm = id()
  await people[0].command({ concern: { id: calm, text: 'Somebody shouts at the children.', place: 'Table 4' } })
  await people[1].command({ concern: { id: id(), text: 'Меня снимают, я не хочу.', place: 'У входа' } })
  await people[2].command({ concern: { id: id() } })
  const { body: link } = await made.api('POST', '/links', { role: 'contact', label: 'Aysel' })
  const { body: contact } = await made.api('POST', '/seats', { secret: link.url.split('#')[1] }, '')
  await made.api('POST', '/commands', { n: 1, do: { note_concern: { concern: calm, done: 'Spoke with them.' } } }, contact.token)
  const screens = await everywhere(local(link.url), SIZES, (page) => page.locator('.concerns li').nth(2).waitFor())
  await screens.state('the contact’s page')
  await screens.close()
})

test('stage: every picture', async () => {
  const { made, activity, ids } = await hall()
  const pairing = await everywhere(`${server.address}/stage`, [DESK], (page) => page.locator('.digits').filter({ hasText: /\d/ }).waitFor())
  await pairing.state('pairing')
  await pairing.close()
  const screens = await everywhere(local(made.links.stage), [DESK, STAGE], (page) => page.locator('.corner').waitFor())
  await screens.state('joining with Wi-Fi', (page) => page.locator('.way img').nth(1).waitFor())
  await made.command({ show_joining: { on: false } })
  await screens.state('the list', (page) => page.locator('.next').waitFor())
  await made.command({ feature: { question: ids.now } })
  await screens.state('a question', (page) => page.locator('.floor h1').waitFor())
  await made.command({ show_joining: { on: true } })
  await made.command({ change_meeting: { wifi: { name: '' } } })
  await screens.state('joining', (page) => page.locator('.way.alone img').waitFor())
  await made.command({ show_joining: { on: false } })
  await made.command({ call_back: { on: true } })
  await screens.state('look up', (page) => page.locator('.card-screen').waitFor())
  await made.command({ call_back: { on: false } })
  await made.command({ hide_stage: { on: true } })
  await screens.state('hidden', (page) => page.locator('.card-screen').waitFor())
  await made.command({ hide_stage: { on: false } })
  await made.command({ stage: {} })
  await made.command({ close: { activity } })
  await screens.state('between two parts')
  await made.command({ end: {} })
  await screens.state('ended', (page) => page.locator('.card-screen').waitFor())
  await screens.close()
})
