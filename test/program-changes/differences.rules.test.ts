import { expect, test } from 'vitest'
import { differencesOf as differences } from '../../src/program-changes/differences.ts'

const differencesOf = (before: unknown, after: unknown) => differences(before, after).differences

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

test('a list without codes is compared place by place, and a long text is shown from where it begins to differ', () => {
  const long = 'x'.repeat(1000)

  expect(differencesOf({ holidays: ['a', 'b'] }, { holidays: ['a', 'c', 'd'] })).toEqual([
    { path: 'holidays[1]', before: '"b"', after: '"c"' },
    { path: 'holidays[2]', before: null, after: '"d"' },
  ])
  const [found] = differencesOf({ text: `${long}old` }, { text: `${long}new` })
  expect(found?.before).toMatch(/^…x+old"$/)
  expect(found?.after).toMatch(/^…x+new"$/)
})

test('more places than are shown are counted', () => {
  const many = Object.fromEntries(Array.from({ length: 203 }, (_, index) => [`key${index}`, index]))

  expect(differences({}, many).more).toBe(3)
})
