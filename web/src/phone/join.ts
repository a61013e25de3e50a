// Coming in: by a link that says where to go, by a code that is typed, or back to a seat this phone already has.
// Works on the form that stands in the page itself, so that it can be used before this file is there.
import { CHIPS, NAMES, language, offered, switchTo, t } from '../i18n/index.svelte.ts'
import type { Key } from '../i18n/keys.ts'
import { Problem } from '../lib/link/http.ts'
import { dropSeat, findMeeting, keepSeat, pairs, readCode, redeem, restoreSeats, seats, takeSecret, type Seat } from '../lib/link/seats.ts'

const AGAIN_MS = 4_000
const find = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T

const TEXTS: Readonly<Record<string, Key>> = {
  no_code: 'join_no_code', not_found: 'join_no_code', too_many: 'join_too_many', slow_down: 'join_too_many',
  bad_token: 'join_bad_link', revoked: 'join_bad_link', offline: 'join_offline',
}

/** Settles with the seat to use, whatever it takes until there is one. */
export function welcome(spoken: Promise<void>): Promise<Seat> {
  const wrong = find('join-wrong')
  const field = find<HTMLInputElement>('code')
  const form = find<HTMLFormElement>('join-form')
  const secret = takeSecret()
  const path = readCode(location.pathname)
  let problem: Key | undefined
  let again: ReturnType<typeof setTimeout> | undefined

  function draw(): void {
    for (const one of document.querySelectorAll<HTMLElement>('#join [data-t]')) one.textContent = t(one.dataset['t'] as Key)
    find('join-moment').textContent = document.documentElement.className === 'linked' ? t('join_moment') : ''
    find('join-calm').hidden = false
    wrong.textContent = problem ? t(problem) : ''
    chooseLanguage(draw)
  }

  function show(next: Key | undefined): void {
    problem = next
    if (next) document.documentElement.classList.remove('linked')
    void spoken.then(draw)
  }

  return new Promise((resolve) => {
    const enter = async (code: string, by?: string): Promise<void> => {
      clearTimeout(again)
      try {
        const there = seats().find((one) => one.code === code && (!by || one.secret === by))
        const seat = there ?? (await sit(code, by))
        keepSeat(seat)
        history.replaceState(null, '', `/${code}`)
        document.documentElement.classList.remove('linked')
        resolve(seat)
      } catch (caught) {
        const failed = caught instanceof Problem ? caught.code : 'internal'
        show(TEXTS[failed] ?? 'join_failed')
        if (!field.value) field.value = pairs(code)
        // A network comes back by itself; a wrong code does not get right.
        if (failed === 'offline' || failed === 'busy') again = setTimeout(() => void enter(code, by), AGAIN_MS)
      }
    }

    form.noValidate = true // what is missing is said in the language of the page
    form.onsubmit = (submitted) => {
      submitted.preventDefault()
      const code = readCode(field.value)
      if (code.length < 6) show('join_short')
      else void enter(code)
    }
    field.oninput = () => {
      clearTimeout(again)
      if (problem) show(undefined)
      // Shown in pairs; the caret stays where it is unless it stands at the end.
      if (field.selectionStart === field.value.length) field.value = pairs(readCode(field.value))
    }

    void restoreSeats().then(() => {
      const typed = readCode(new URLSearchParams(location.search).get('code') ?? '')
      const code = path || typed
      void spoken.then(draw).then(() => offerReturn(resolve))
      if (code.length >= 6) void enter(code, secret)
      else document.documentElement.classList.remove('linked')
    })
  })
}

/** A new seat. A link that turns out to be the ordinary one leads back to the seat this phone had by its code. */
async function sit(code: string, secret: string | undefined): Promise<Seat> {
  const { meeting } = await findMeeting(code)
  const had = seats().find((one) => one.meeting === meeting)
  const seat = await redeem(meeting, { code, ...(secret ? { secret } : {}), language: language() })
  if (!had || seat.roles?.length || seat.seat === had.seat || seat.moved) return seat
  dropSeat(seat)
  return { ...had, secret }
}

/** On the bare page: the way back to where this phone was. */
function offerReturn(resolve: (seat: Seat) => void): void {
  const last = seats()[0]
  const place = find('join-again')
  if (!place || !last?.code || readCode(location.pathname)) return
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn quiet wide'
  button.textContent = t('join_again', { code: pairs(last.code) })
  button.onclick = () => {
    history.replaceState(null, '', `/${last.code}`)
    resolve(last)
  }
  place.append(button)
}

function chooseLanguage(redraw: () => void): void {
  const select = document.createElement('select')
  select.setAttribute('aria-label', t('language'))
  for (const one of offered()) {
    const option = new Option(NAMES[one] ?? one, one, false, one === language())
    option.lang = one
    select.append(option)
  }
  select.onchange = () => void switchTo(select.value).then(redraw)
  const chip = document.createElement('span')
  chip.setAttribute('aria-hidden', 'true')
  chip.textContent = `${CHIPS[language()]} ▾`
  const place = find('join-language')
  place.textContent = ''
  place.append(chip, select)
}
