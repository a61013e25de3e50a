// A school debate as the hall lives it: motion, speech on the speaker's own phone, a point of information, a server killed in
// the middle of a speech, the audience's two votes under aliases, a ballot, the result on the stage; and a short discussion.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DESK, launch, nothingWrong, open, PHONE, picture, STAGE, told } from './support/browser.mjs'
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

const id = () => crypto.randomUUID()
const MOTION = 'This house would put a second teacher in every class'

async function seatOf(made, person) {
  const answer = await made.api('GET', '/seats')
  return answer.body.seats.find((one) => one.name === person).seat
}

async function joinBy(page, made) {
  await page.goto(`${server.address}${new URL(made.links.join).pathname}${new URL(made.links.join).hash}`)
}

test('a school debate: motion, speech, point, crash, votes, ballot, result', () => told(async () => {
  const made = await meeting(server, { title: 'Debate evening' })
  const activity = id()
  await made.command({ add_activity: { id: activity, kind: 'debate', title: 'School debate' } })
  await made.command({ open: { activity } })
  await made.command({ set_debate: { activity, format: 'school-mini', motion: MOTION, slide: 'One assistant for 20 children.', scored_by: 'result-only' } })
  const teams = { proposition: id(), opposition: id() }
  for (const [side, team] of Object.entries(teams)) {
    await made.command({ add_team: { id: team, name: side === 'proposition' ? 'Owls' : 'Foxes', activity, side } })
  }
  await made.command({ show_joining: { on: false } })
  await made.command({ stage: { activity } })

  const stage = await open(browser, { size: STAGE })
  await stage.goto(made.links.stage)
  const speaker = await open(browser, { size: PHONE })
  await joinBy(speaker, made)
  const desk = await open(browser, { size: DESK })
  await desk.goto(made.links.desk)

  // People without a browser: the opponent, the judge, and who votes.
  const opponent = await made.person({ name: 'Murad' })
  const judge = await made.person({ name: 'Sevda' })
  const voters = []
  for (let n = 0; n < 6; n++) voters.push(await made.person())

  // The speaker claims a place on the phone; the chair confirms.
  await speaker.getByText('School debate').first().waitFor()
  const claiming = speaker.getByRole('button', { name: /I speak here|speak in this debate/ }).first()
  await claiming.waitFor()
  await picture(speaker, 'debate-phone-before')
  const aynur = await made.person({ name: 'Aynur' })
  await aynur.command({ claim_place: { team: teams.proposition, place: 1, name: 'Aynur' } })
  const chair = async () => (await made.api('GET', `/views/chair/${activity}`)).body.view.debate
  const claims = (await chair()).sides.proposition.places[1].claims
  const [claimed] = Object.keys(claims)
  await made.command({ confirm_place: { team: teams.proposition, place: 1, seat: claimed, on: true } })
  await made.command({ set_speaker: { team: teams.opposition, place: 1, name: 'Murad', seat: await seatOf(made, 'Murad') } })
  await made.command({ set_judges: { activity, seats: [await seatOf(made, 'Sevda')] } })

  // Nobody has the motion before its release, then everybody.
  assert.equal((await made.floor()).debates[activity].motion, undefined)
  assert.equal(await stage.getByText(MOTION).count(), 0)
  await made.command({ release_motion: { activity } })
  await Promise.all([stage, speaker].map((page) => page.getByText(MOTION).first().waitFor()))
  await picture(stage, 'debate-stage-preparation')

  // The vote before, under aliases.
  const vote = async (round, sides) => {
    await made.command({ open_vote: { activity, round, on: true } })
    for (const [n, voter] of voters.entries()) {
      const answer = await voter.command({ vote_motion: { activity, round, side: sides[n] } }, voter.alias.token)
      assert.equal(answer.status, 200, JSON.stringify(answer))
    }
    const refused = await judge.command({ vote_motion: { activity, round, side: 'proposition' } })
    assert.equal(refused.status, 409, 'a seat cannot vote: its name would be beside it')
    await made.command({ open_vote: { activity, round, on: false } })
  }
  await vote('before', ['proposition', 'proposition', 'proposition', undefined, undefined, 'opposition'])

  // The first speech runs; the server dies in the middle of it and goes on as if nothing had happened.
  const floor = async () => (await made.floor()).debates[activity]
  await made.command({ clock: { activity, verb: 'next' } })
  await made.command({ clock: { activity, verb: 'start', from: 0 } })
  await stage.getByText('Aynur').first().waitFor()
  const { since } = (await floor()).clock
  await picture(stage, 'debate-stage-speech')
  await picture(speaker, 'debate-phone-speech')
  await desk.getByText('Aynur').first().waitFor()
  await picture(desk, 'debate-desk-speech')
  const again = { data: server.folder, listen: `127.0.0.1:${server.port}` }
  await server.kill()
  server = await serve(again)
  assert.equal((await floor()).clock.since, since, 'the speech runs since it began')
  assert.equal((await floor()).clock.state, 'running')

  // The other team's point of information, counted by the chair; the speaker's own end, taken back once.
  await made.command({ count_point: { activity, side: 'opposition', taken: true } })
  assert.deepEqual((await floor()).points.opposition, { offered: 1, taken: 1 })
  assert.equal((await aynur.command({ end_my_speech: { activity } })).status, 200)
  assert.equal((await floor()).clock.state, 'done')
  await made.command({ clock: { activity, verb: 'resume', from: 0 } })
  await made.command({ clock: { activity, verb: 'finish', from: 0 } })

  // The vote after, who changed their mind, the ballot read back by its only judge, the result.
  await vote('after', ['opposition', 'opposition', 'proposition', 'opposition', 'opposition', 'opposition'])
  await made.command({ show_swing: { activity, on: true } })
  const { swing } = await floor()
  assert.equal(swing.winner, 'opposition')
  assert.deepEqual(swing.flow.undecided, { opposition: 2, proposition: 0, undecided: 0 })
  await stage.getByText(/gained|changed/i).first().waitFor()
  await picture(stage, 'debate-stage-swing')
  await made.command({ show_swing: { activity, on: false } })
  assert.equal((await judge.command({ hand_in_ballot: { activity, ballot: { winner: 'opposition' } } })).status, 200)
  const seat = await seatOf(made, 'Sevda')
  assert.equal((await judge.command({ confirm_ballot: { activity, judge: seat } })).status, 200)
  await made.command({ release_result: { activity, on: true } })
  assert.equal((await floor()).result.winner, 'opposition')
  await stage.getByText('Foxes').first().waitFor()
  await picture(stage, 'debate-stage-result')
  nothingWrong(stage, desk)
}))

test('a discussion: hands, first-timers first, a point of order, a reply, a closed list', () => told(async () => {
  const made = await meeting(server, { title: 'Discussion' })
  const activity = id()
  await made.command({ add_activity: { id: activity, kind: 'discussion', title: 'What helps?' } })
  await made.command({ open: { activity } })
  await made.command({ set_discussion: { activity, order: 'first_timers', speech_s: 60 } })
  await made.command({ show_joining: { on: false } })
  await made.command({ stage: { activity } })
  const stage = await open(browser, { size: STAGE })
  await stage.goto(made.links.stage)
  const phone = await open(browser, { size: PHONE })
  await joinBy(phone, made)

  const people = []
  for (let n = 1; n <= 11; n++) {
    const person = await made.person({ name: `Person ${n}` })
    assert.equal((await person.command({ raise: { activity } })).status, 200)
    people.push(person)
  }
  await phone.getByRole('button', { name: 'Raise my hand' }).click()
  await phone.getByText('You are 12th in line.').first().waitFor()
  await picture(phone, 'discussion-phone-line')
  const line = async () => Object.values((await made.floor()).discussions[activity].line).map((one) => one.name)
  const speaking = async () => (await made.floor()).discussions[activity].speaking?.name

  await made.command({ call: { activity } })
  assert.equal(await speaking(), 'Person 1')
  await stage.getByText('Person 1', { exact: true }).first().waitFor()
  await picture(stage, 'discussion-stage-speaking')
  // Person 1 raises again: those who have not spoken come first.
  await people[0].command({ raise: { activity } })
  assert.equal((await line())[0], 'Person 2')
  // A point of order stands before them; an interposed reply pauses whoever speaks.
  await people[5].command({ raise: { activity, kind: 'point_of_order' } })
  assert.equal((await line())[0], 'Person 6')
  await people[4].command({ raise: { activity, kind: 'reply' } })
  assert.equal((await line())[0], 'Person 5')
  await made.command({ call: { activity } })
  assert.equal(await speaking(), 'Person 5')
  assert.equal((await made.floor()).discussions[activity].interrupted.name, 'Person 1')
  await made.command({ end_speech: { activity } })
  await made.command({ resume_speech: { activity } })
  assert.equal(await speaking(), 'Person 1')
  // The list closes; points of order still come in.
  await made.command({ close_list: { activity, on: true } })
  const late = await made.person({ name: 'Late' })
  assert.equal((await late.command({ raise: { activity } })).status, 409)
  assert.equal((await late.command({ raise: { activity, kind: 'point_of_order' } })).status, 200)
  await phone.getByText('You are 13th in line.').first().waitFor()
  nothingWrong(stage, phone)
}))
