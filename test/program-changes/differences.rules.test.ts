import { expect, test } from 'vitest'
import { differencesOf } from '../../src/program-changes/differences.ts'

test('parts of a list are told apart by their code, whatever their place', () => {
  const before = { exams: [{ code: 'A', minutes: 90 }, { code: 'B' }], name: 'P' }
  const after = { exams: [{ code: 'B' }, { code: 'A', minutes: 60 }], name: 'P' }

  expect(differencesOf(before, after)).toEqual([{ path: 'exams[A].minutes', before: '90', after: '60' }])
})

test('what is new or gone is said whole, and the order of the same parts is a difference', () => {
  const before = { rules: [{ id: 'one' }, { id: 'two' }] }

  expect(differencesOf(before, { rules: [{ id: 'two' }], months: 36 })).toEqual([
    { path: 'rules[one]', before: '{"id":"one"}', after: null },
    { path: 'months', before: null, after: '36' },
  ])
  expect(differencesOf(before, { rules: [{ id: 'two' }, { id: 'one' }] })).toEqual([
    { path: 'rules', before: '["[one]","[two]"]', after: '["[two]","[one]"]' },
  ])
  expect(differencesOf(before, structuredClone(before))).toEqual([])
})
