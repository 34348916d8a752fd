import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { addDays, addMonths, calendarDateIn } from '../../src/core/calendar-date.ts'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, givenResult } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send, signedIn } from '../support/requests.ts'

const PLANNER = '/certifications/planner'
const today = calendarDateIn('America/Los_Angeles', new Date())

beforeEach(async () => {
  await givenProgram()
})

async function givenHolder() {
  const candidate = await givenCandidate({ revision: 1 })
  await givenResult({ candidateId: candidate.id, examOn: addMonths(today, -30) })
  await keepAwards(db, today, new Date())
  return candidate
}

const page = async (path: string, who: { id: string }) => {
  const response = await send(path, { headers: await signedIn(who) })
  return { status: response.status, text: await response.text() }
}

test('what expires within the year is kept by the fewest exams, and a pass is tried out', async () => {
  const ada = await givenHolder()
  const on = addDays(today, 30)

  const plan = await page(PLANNER, ada)
  const tried = await page(`${PLANNER}?exam=JNCIS-ENT&on=${on}`, ada)

  expect(plan.status).toBe(200)
  expect(plan.text).toContain('One of them keeps all that can be kept')
  expect(plan.text).toContain(`datetime="${addMonths(addMonths(today, -30), 36)}"`)
  expect(tried.text).toMatch(/JNCIS-ENT<\/th>.*Earned.*JNCIA-Junos<\/th>.*Renewed/s)
  expect(tried.text).toContain(`datetime="${addMonths(on, 36)}"`)
})

test('a pass that changes nothing says so, and who holds nothing is told where to begin', async () => {
  const bob = await givenCandidate()

  expect((await page(PLANNER, bob)).text).toContain('You hold no active certification yet')
  expect((await page(`${PLANNER}?exam=JNCIS-ENT&on=${today}`, bob)).text).toContain('It would change nothing')
  expect((await page(`${PLANNER}?exam=JNCIA-Junos&on=${today}`, bob)).text).toContain('Earned')
})

test('what the program revoked is not promised a renewal', async () => {
  const ada = await givenHolder()
  await db.update(schema.awards).set({ revokedOn: today })

  const { text } = await page(`${PLANNER}?exam=JNCIA-SEC&on=${today}`, ada)

  expect(text).toMatch(/JNCIA-SEC<\/th>.*Earned.*Not held/s)
  expect(text).not.toContain('Renewed')
})

test('what can be active again is told, and what is suspended is not promised as held', async () => {
  await givenProgram(({ renewal }) => Object.assign(renewal, { graceDays: 60 }))
  const ada = await givenCandidate({ revision: 1 })
  await givenResult({ candidateId: ada.id, examOn: addDays(addMonths(today, -36), -16) })
  await keepAwards(db, today, new Date())
  const bob = await givenHolder()

  const graced = await page(`${PLANNER}?exam=JNCIA-SEC&on=${today}`, ada)
  expect(graced.text).toMatch(/JNCIA-Junos<\/th>.*Active again/s)

  await db.update(schema.awards).set({ suspendedOn: today })
  const { text } = await page(`${PLANNER}?goal=JNCIA-Junos`, bob)
  expect(text).toContain('JNCIA-Junos is suspended, and no exam changes that.')
  expect(text).not.toContain('You hold JNCIA-Junos already')
})

test('an exam is tried out only on days on which it can be sat', async () => {
  await givenProgram((program) => {
    Object.assign(program.exams.find(({ code }) => code === 'JNCIA-SEC')!.codes[0]!, {
      until: addDays(today, 10),
    })
  })
  const ada = await givenHolder()
  for (const days of [-20, -1])
    await givenResult({ candidateId: ada.id, examOn: addDays(today, days), grade: 'fail' })
  const ask = (exam: string, days: number) => page(`${PLANNER}?exam=${exam}&on=${addDays(today, days)}`, ada)

  const early = await ask('JNCIA-Junos', 5)
  const retired = await ask('JNCIA-SEC', 11)

  expect(early.status).toBe(422)
  expect(early.text).toContain('you may not take this exam again so early')
  expect(early.text).toContain('the program asks for a wait')
  expect(retired.status).toBe(422)
  expect(retired.text).toContain('this exam cannot be booked for that day')
  expect((await ask('JNCIA-Junos', 15)).status).toBe(200)
  expect((await ask('JNCIA-SEC', 10)).status).toBe(200)
})

test.each([
  ['no exam', `?exam=&on=${today}`, 'Choose one of the exams'],
  ['an exam of no program', `?exam=NOPE&on=${today}`, 'Choose one of the exams'],
  ['a day that is over', `?exam=JNCIA-Junos&on=${addDays(today, -1)}`, 'enter a day from today on'],
  ['no day', '?exam=JNCIA-Junos&on=', 'enter a day from today on'],
  ['a day in ten years', `?exam=JNCIA-Junos&on=${addMonths(today, 120)}`, 'within the next five years'],
])('%s is refused', async (_, query, words) => {
  const { status, text } = await page(PLANNER + query, await givenHolder())

  expect(status).toBe(422)
  expect(text).toContain(words)
})

test('it costs two round trips', async () => {
  const ada = await givenHolder()
  const { d1, cost } = countedDatabase(env.DB)

  await send(`${PLANNER}?exam=JNCIS-ENT&on=${today}`, { headers: await signedIn(ada) }, { DB: d1 })

  expect(cost.roundTrips).toBe(2)
})
