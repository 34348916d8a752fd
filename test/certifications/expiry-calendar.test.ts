import { expect, test } from 'vitest'
import { addDays, calendarDateIn } from '../../src/core/calendar-date.ts'
import { givenAward, givenCandidate, givenEarned, givenProgram } from '../support/builders.ts'
import { send, signedIn } from '../support/requests.ts'

const CALENDAR = '/certifications/calendar.ics'
const today = calendarDateIn('America/Los_Angeles', new Date())
const compact = (date: string) => date.replaceAll('-', '')

/** The lines of the file, with those that were folded put together (RFC 5545, 3.1). */
const unfolded = (text: string) => text.replaceAll(/\r\n[ \t]/g, '').split('\r\n')

test('active awards stand in the calendar on the last day on which they are', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const expiresOn = addDays(today, 200)
  const award = await givenEarned({ candidateId: ada.id, expiresOn })
  await givenAward({ candidateId: ada.id, certification: 'JNCIA-SEC', expiresOn: null })
  await givenAward({ candidateId: ada.id, certification: 'JNCIA-DC', expiresOn: addDays(today, -1) })

  const response = await send(CALENDAR, { headers: await signedIn(ada) })

  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  expect(response.headers.get('cache-control')).toContain('no-store')
  const text = await response.text()
  const lines = unfolded(text)
  expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1)
  expect(lines).toContain(`DTSTART;VALUE=DATE:${compact(expiresOn)}`)
  expect(lines).toContain(`DTEND;VALUE=DATE:${compact(addDays(expiresOn, 1))}`)
  expect(lines.find((line) => line.startsWith('UID:'))).toMatch(new RegExp(`^UID:${award.number}@`))
  expect(lines).toContain('SUMMARY:Junos\\, Associate (JNCIA-Junos) expires')
  expect(lines.find((line) => line.startsWith('DESCRIPTION:'))).toMatch(
    /It is kept by passing JN0-106 .* on \d+ \w+ \d{4} at the latest/,
  )
  expect(lines.filter((line) => line.startsWith('TRIGGER'))).toEqual(
    ['90', '60', '30', '7'].map((days) => `TRIGGER:-P${days}D`),
  )
  // Long lines are folded at 75 octets.
  for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
})

test('the page of certifications leads to it, where there is anything in it', async () => {
  await givenProgram()
  const [ada, bob] = [await givenCandidate(), await givenCandidate()]
  await givenAward({ candidateId: ada.id, expiresOn: addDays(today, 200) })
  const status = async (who: { id: string }) =>
    (await send('/certifications/status', { headers: await signedIn(who) })).text()

  expect(await status(ada)).toContain(`href="${CALENDAR}"`)
  expect(await status(bob)).not.toContain(CALENDAR)
  expect((await send(CALENDAR, { headers: await signedIn(bob) })).status).toBe(404)
  expect((await send(CALENDAR)).status).toBe(303)
})
