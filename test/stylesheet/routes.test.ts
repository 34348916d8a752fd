import { expect, test } from 'vitest'
import { givenProgram } from '../support/builders.ts'
import { send } from '../support/requests.ts'

test("every component stands in the one sheet, with the program's accent last", async () => {
  await givenProgram((program) => {
    program.settings.branding.hue = 42
  })

  const response = await send('/app.css')

  expect(response.headers.get('content-type')).toContain('text/css')
  const text = await response.text()
  expect(text).toMatch(/^@layer reset, tokens/)
  for (const selector of ['.award', '.records', '.sheet', '.field', '@media print'])
    expect(text).toContain(selector)
  expect(text).toMatch(/--hue: 42 \} \}\n$/)
})

test('a browser that has the sheet is not sent it again', async () => {
  await givenProgram()
  const etag = (await send('/app.css')).headers.get('etag')!

  const again = await send('/app.css', { headers: { 'if-none-match': etag } })

  expect(again.status).toBe(304)
})

test('without the database there is still a sheet, which nobody keeps', async () => {
  const down = () => {
    throw new Error('D1_ERROR: Network connection lost')
  }
  const broken = {
    withSession: () => ({ prepare: down, batch: down, getBookmark: () => null }),
  } as unknown as D1Database

  const response = await send('/app.css', {}, { DB: broken })

  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
})
