import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { describeApi } from '../../src/api-description/description.ts'
import type { PathItem, Schema } from '../../src/api-description/open-api.ts'
import { app } from '../../src/app.ts'
import { givenAward, givenCandidate, givenProgram } from '../support/builders.ts'
import { send } from '../support/requests.ts'

const description = describeApi(env.PUBLIC_ORIGIN)

const operationsOf = (paths: Readonly<Record<string, PathItem>>) =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  )

test('the description can be fetched', async () => {
  const response = await send('/api/v1/openapi.json')

  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('application/json')
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(description)))
})

test('what is mounted under /api/ is described, and what is described is mounted', () => {
  const mounted = app.routes
    .filter(({ path, method }) => path.startsWith('/api/') && method !== 'ALL')
    .map(({ path, method }) => `${method} ${path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`)

  expect(operationsOf(description.paths).toSorted()).toEqual([...new Set(mounted)].toSorted())
})

test('every reference leads somewhere, and every part of a path is a parameter', () => {
  const references = [...JSON.stringify(description).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
    ([, name]) => name!,
  )
  expect(references.filter((name) => !(name in description.components.schemas))).toEqual([])

  for (const [path, item] of Object.entries(description.paths)) {
    const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
    for (const operation of Object.values(item)) {
      const described = (operation.parameters ?? []).filter(({ in: place }) => place === 'path')
      expect(described.map(({ name }) => name)).toEqual(parts)
    }
  }
})

test('a certificate has exactly the described properties', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const { verificationCode } = await givenAward({
    candidateId: ada.id,
    verificationCode: '7K3M9Q2RXW401TBN',
  })

  const certificate = await (await send(`/api/v1/certificates/${verificationCode}`)).json<object>()

  expect(Object.keys(certificate)).toEqual(propertiesOf(description.components.schemas.Certificate!))
})

function propertiesOf(schema: Schema): string[] {
  return 'properties' in schema ? Object.keys(schema.properties!) : []
}
