import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const source = new URL('../../src', import.meta.url).pathname

test('nothing in the source knows the sponsor or a certification by name', () => {
  const naming = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(tsx?|css|js)$/.test(file))
    .filter((file) => /Juniper|JNC/.test(readFileSync(join(source, file), 'utf8')))

  expect(naming).toEqual([])
})
