import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { generateDeliveries } from '../../programs/sample-generator/generate.ts'
import { examOfSeriesCode } from '../../src/program/catalogue.ts'
import { deliveryOutcomes, grades, registrationStates, validities } from '../../src/schema.ts'
import { sampleProgram } from '../program/sample-program.ts'
import { expectationsOf, readDeliveries, sampleFolder } from './read-deliveries.ts'
import { replay } from './replay.ts'

const program = sampleProgram()
const expected = expectationsOf(sampleFolder)
const tables = readDeliveries(sampleFolder)
const record = replay(program, expected, tables)

const rooms: string[] = []
afterAll(() => {
  for (const room of rooms) rmSync(room, { recursive: true })
})

function generate(changes: { seed?: number; candidates?: number } = {}): string {
  const { seed, candidates, today } = expected
  const out = mkdtempSync(join(tmpdir(), 'sample-'))
  rooms.push(out)
  const made = generateDeliveries({ program, candidates, seed, today, out, ...changes })
  writeFileSync(join(out, 'expected.json'), `${JSON.stringify(made, null, 2)}\n`)
  return out
}

function digests(folder: string): Record<string, string> {
  const files = readdirSync(folder)
    .filter((name) => name !== 'README.md')
    .sort()
  const digest = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex')
  return Object.fromEntries(files.map((name) => [name, digest(name)]))
}

test('the deliveries kept in the repository are those that the generator makes', () => {
  expect(digests(generate())).toEqual(digests(sampleFolder))
})

test('another seed makes other people, and one more candidate changes nobody else', () => {
  const peopleOf = (changes: { seed?: number; candidates: number }) =>
    replay(program, expected, readDeliveries(generate(changes))).candidates
  const forty = peopleOf({ candidates: 40 })
  const more = peopleOf({ candidates: 41 })

  expect([...forty]).not.toEqual([...peopleOf({ candidates: 40, seed: 8 })])
  expect(more.size).toBe(forty.size + 1)
  for (const [id, person] of forty) expect(more.get(id)).toEqual(person)
})

test('the set is small enough to be imported at every first start', () => {
  const files = readdirSync(sampleFolder).filter((name) => /\.(zip|dat|csv)$/.test(name))
  const bytes = readdirSync(sampleFolder).map((name) => statSync(join(sampleFolder, name)).size)

  expect(files.length).toBeGreaterThanOrEqual(12)
  expect(files.length).toBeLessThanOrEqual(25)
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(600_000)
})

test('the rows that do not simply count are exactly those that are expected', () => {
  const foreseen = expected.deliveries.flatMap(({ name, peculiar }) =>
    peculiar.map((row) => ({ delivery: name, ...row })),
  )
  const place = ({ delivery, member, line }: { delivery: string; member: string; line: number }) =>
    `${delivery} ${member} ${String(line).padStart(9)}`
  const sorted = (rows: typeof foreseen) => rows.toSorted((a, b) => (place(a) < place(b) ? -1 : 1))

  expect(sorted(record.peculiar)).toEqual(sorted(foreseen))
  expect(foreseen.filter(({ outcome }) => outcome === 'quarantined').length).toBeGreaterThanOrEqual(12)
})

test('the number of rows of each table is the expected one', () => {
  const counted = tables.map(({ delivery, member, records }) => `${delivery} ${member} ${records.length}`)
  const foreseen = expected.deliveries.flatMap(({ name, tables }) =>
    tables.map(({ member, rows }) => `${name} ${member} ${rows}`),
  )
  expect(counted.sort()).toEqual(foreseen.sort())
})

test('the late delivery, imported last, changes nothing', () => {
  const isLate = ({ delivery }: { delivery: string }) => delivery === expected.late
  const lateTables = tables.filter(isLate)
  const again = replay(program, expected, [...tables.filter((table) => !isLate(table)), ...lateTables])

  expect([...again.results].sort()).toEqual([...record.results].sort())
  expect(again.peculiar.filter(isLate).map(({ outcome }) => outcome)).toEqual(
    lateTables[0]!.records.map(() => 'superseded'),
  )
})

test('there are people with names in many scripts, in both encodings', () => {
  const names = [...record.candidates.values()].map(
    ({ fullName, nativeName }) => fullName + (nativeName ?? ''),
  )
  const scripts =
    'Latin Greek Cyrillic Arabic Hebrew Devanagari Bengali Tamil Thai Khmer Georgian Armenian Ethiopic Han ' +
    'Hiragana Katakana Hangul'
  const missing = scripts
    .split(' ')
    .filter((script) => !names.some((name) => new RegExp(`\\p{Script=${script}}`, 'u').test(name)))
  const legacy = tables.filter(({ encoding }) => encoding === 'windows-1252')

  expect(record.candidates.size).toBeGreaterThanOrEqual(300)
  expect(missing).toEqual([])
  expect(legacy).toHaveLength(1)
  expect(names).toContain('Sören Müller')
  expect(names.some((name) => name.length > 80)).toBe(true)
  expect([...record.candidates.values()].some(({ givenName }) => givenName === '')).toBe(true)
})

test('everything a result and a booking can be occurs', () => {
  const held = <Key extends 'delivery' | 'grade' | 'validity'>(key: Key) =>
    [...new Set(record.told.map((result) => result[key]))].sort()
  const states = [...record.registrations.values()].map(({ state }) => state)

  expect(held('delivery')).toEqual(deliveryOutcomes.toSorted())
  expect(held('grade')).toEqual(grades.toSorted())
  expect(held('validity')).toEqual(validities.toSorted())
  expect([...new Set(states)].sort()).toEqual(registrationStates.toSorted())
  expect(record.rescored).toBeGreaterThan(5)
})

test('both layouts, no-shows in files of their own, and successive codes of an exam occur', () => {
  const columns = tables.map(({ layout }) => Object.keys(layout?.columns ?? {}))
  const codesByExam = Map.groupBy(record.results.values(), ({ exam }) => exam)
  const codes = [...codesByExam.values()].map(
    (results) => new Set(results.map(({ examCode }) => examCode)).size,
  )

  expect(columns.some((names) => names.includes('ndaRefused'))).toBe(true)
  expect(tables.some(({ member }) => member.startsWith('examABE-'))).toBe(true)
  expect(tables.some(({ member }) => member.endsWith('-ns.dat'))).toBe(true)
  expect(Math.max(...codes)).toBeGreaterThan(1)
  expect([...record.results.values()].every(({ examCode }) => examOfSeriesCode(program, examCode))).toBe(true)
})

test('no address could reach a real person', () => {
  const addresses = [...record.candidates.values()].map(({ email }) => email ?? '')
  expect(addresses.filter((email) => !/@(([a-z]+\.)?mail\.example|example\.(org|net))$/.test(email))).toEqual(
    [],
  )
})
