import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send } from '../support/requests.ts'

test('a deployment with a program in force is healthy, at the cost of one read', async () => {
  await givenProgram()
  const { d1, cost } = countedDatabase(env.DB)

  const response = await send('/healthz', {}, { DB: d1 })

  expect(response.status).toBe(200)
  expect(cost).toMatchObject({ roundTrips: 1, rowsRead: 1 })
})

test('a deployment without a program says that it is not ready', async () => {
  const response = await send('/healthz')

  expect(response.status).toBe(503)
})

test('a page that is not there answers 404 without asking the database', async () => {
  const { d1, cost } = countedDatabase(env.DB)

  const response = await send('/no-such-page', {}, { DB: d1 })

  expect(response.status).toBe(404)
  expect(await response.text()).toContain('This page is not here')
  expect(cost.roundTrips).toBe(0)
})
