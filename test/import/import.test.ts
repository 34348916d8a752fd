import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenProgram } from '../support/builders.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, table } from './deliver.ts'

test('a candidate and a pass become a record, an award and one mail each', async () => {
  await givenProgram()

  await deliver({
    'cand-20260503-010000.dat': table(CAND, candRow('00001234', { first: 'José', last: 'Núñez' })),
    'exam-20260505-010000.dat': table(EXAM_A, examRow()),
  })

  expect(await db.select().from(schema.deliveries)).toMatchObject([
    { state: 'imported' },
    { state: 'imported' },
  ])
  expect(await db.select().from(schema.candidates)).toMatchObject([
    { id: '00001234', fullName: 'José Núñez', country: 'US', phone: '+16172933423' },
  ])
  expect(await db.select().from(schema.results)).toMatchObject([
    { registrationId: '300000001', grade: 'pass', examOn: '2026-05-04', score: '742', exam: 'JNCIA-Junos' },
  ])
  expect(await db.select().from(schema.awards)).toMatchObject([{ certification: 'JNCIA-Junos' }])
  const mails = await db.select({ key: schema.mailOutbox.dedupeKey }).from(schema.mailOutbox)
  expect(mails.map(({ key }) => key.split('/')[0]).sort()).toEqual(['award', 'result', 'welcome'])
  expect((await env.BUCKET.list({ prefix: 'inbox/' })).objects).toEqual([])
})
