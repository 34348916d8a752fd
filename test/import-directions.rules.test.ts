import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

const files = globSync('src/**/*.{ts,tsx}')
const importsOf = (file: string) =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) (type )?[^'\n]*(?:\n[^'\n]*)*? from '([^']+)'/gm,
    ),
  ].map(([, typeOnly, from]) => ({
    typeOnly: typeOnly !== undefined,
    from: from!.startsWith('.') ? normalize(join(dirname(file), from!)) : from!,
  }))

const isQueries = (file: string) => /queries\.ts$/.test(file)
const isView = (file: string) => /views?\.tsx$|-views?\.tsx$|-page\.tsx$/.test(file)
const isRoutes = (file: string) => /routes\.tsx?$/.test(file)
const roomOf = (file: string) => file.split('/')[1]

function offenders(
  which: (file: string) => boolean,
  refused: (file: string, from: string) => boolean,
  types = true,
) {
  return files.filter(which).flatMap((file) =>
    importsOf(file)
      .filter((line) => (types || !line.typeOnly) && refused(file, line.from))
      .map((line) => `${file} imports ${line.from}`),
  )
}

describe('import directions', () => {
  test('the files were found', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(importsOf('src/app.ts').length).toBeGreaterThan(4)
  })

  test('only queries speak SQL', () => {
    const allowed = (file: string) =>
      isQueries(file) || file === 'src/schema.ts' || file === 'src/core/database.ts'
    expect(
      offenders(
        (file) => !allowed(file),
        (_, from) => from.startsWith('drizzle-orm'),
      ),
    ).toEqual([])
  })

  test('views know neither the request nor the database', () => {
    const refused = (_: string, from: string) =>
      isQueries(from) ||
      isRoutes(from) ||
      from === 'src/schema.ts' ||
      from.startsWith('cloudflare:') ||
      from === 'src/core/database.ts'
    expect(offenders(isView, refused, false)).toEqual([])
  })

  test('queries know no page and no route', () => {
    expect(
      offenders(isQueries, (_, from) => isView(from) || isRoutes(from) || from.startsWith('src/layout/')),
    ).toEqual([])
  })

  test("no room uses another room's routes or views", () => {
    const refused = (file: string, from: string) =>
      from.startsWith('src/') &&
      (isRoutes(from) || isView(from)) &&
      roomOf(from) !== roomOf(file) &&
      roomOf(from) !== 'layout'
    expect(offenders((file) => file !== 'src/app.ts', refused)).toEqual([])
  })

  test('the core knows no feature', () => {
    const known = ['core', 'i18n', 'layout', 'paths.ts', 'schema.ts']
    expect(
      offenders(
        (file) => roomOf(file) === 'core',
        (_, from) => from.startsWith('src/') && !known.includes(roomOf(from)!),
      ),
    ).toEqual([])
  })
})

test('markup is never built from unescaped text', () => {
  const unsafe = files.filter((file) =>
    /dangerouslySetInnerHTML|(?<!sql\.)\braw\(|from 'hono\/html'/.test(readFileSync(file, 'utf8')),
  )
  // render.ts adds the doctype in front of an escaped page.
  expect(unsafe).toEqual(['src/core/render.ts'])
})

test('no clock is read outside the edge of the request', () => {
  const readers = files.filter((file) => /new Date\(\)|Date\.now\(\)/.test(readFileSync(file, 'utf8')))
  // A request and a batch of the queue each begin with one look at the clock.
  expect(readers.sort()).toEqual(['src/core/request-context.ts', 'src/index.ts'])
})
