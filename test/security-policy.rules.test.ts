import { existsSync, readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { expect, test } from 'vitest'

const text = readFileSync('SECURITY.md', 'utf8')
const rows = [...text.matchAll(/^\| (V\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \|([^|]*)\|$/gm)].map(
  ([, number, state, how, tests]) => ({
    number: number!,
    state: state!,
    how: how!,
    tests: [...tests!.matchAll(/`([^`]+)`/g)].map(([, path]) => path!),
  }),
)
const STATES = ['met', 'partly', 'not met', 'platform', 'operator', 'n/a']

test('all 253 requirements of ASVS 5.0, levels 1 and 2, stand in SECURITY.md once, with a state and a word on how', () => {
  expect(rows).toHaveLength(253)
  expect(new Set(rows.map(({ number }) => number)).size).toBe(253)
  expect(rows.filter(({ state, how }) => !STATES.includes(state) || how.length < 3)).toEqual([])
})

test('every test that it names is there', () => {
  const named = [...new Set(rows.flatMap(({ tests }) => tests))]

  expect(named.filter((path) => !existsSync(path))).toEqual([])
  expect(named.length).toBeGreaterThan(20)
})

const LIST = '../shared/data/asvs/asvs-5.0.0.csv'

// The standard's text is not ours to ship; where a copy lies beside the checkout, the numbers are compared with it.
test.skipIf(!existsSync(LIST))('the numbers are those of the standard', () => {
  const { data } = Papa.parse<{ req_id: string; L: string }>(readFileSync(LIST, 'utf8'), { header: true })
  const standard = data.filter(({ L }) => L === '1' || L === '2').map(({ req_id }) => req_id)

  expect(rows.map(({ number }) => number).toSorted()).toEqual(standard.toSorted())
})
