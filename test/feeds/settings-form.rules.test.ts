import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { patternFor, readMap } from '../../src/feeds/column-map.ts'
import { readSettings, settingValues } from '../../src/feeds/settings-form.ts'
import { settingsToStartWith, startingPoints } from '../../src/feeds/starting-points.ts'
import { en } from '../../src/i18n/messages.ts'
import { matchesFileName } from '../../src/import/columns.ts'
import { FeedSettings } from '../../src/import/feed-settings.ts'

const defaults = v.parse(FeedSettings, {})
const values = settingValues('Pearson VUE', defaults)
const aGrade = { text: 'pass', delivery: 'delivered', grade: 'pass' }

test('what a form leaves untouched is what was set, with whatever the form does not show', () => {
  const maps = [{ name: 'PSI', files: 'psi*', kind: 'result' as const, columns: { grade: 'Outcome' } }]

  expect(readSettings(values, { maps })).toEqual({
    ok: true,
    value: { name: 'Pearson VUE', settings: { ...defaults, maps } },
  })
})

describe('a setting is refused beside its field, in words', () => {
  test.each([
    ['name', { name: ' ' }, 'feeds.name.missing'],
    ['name', { name: 'Pearson\u202e' }, 'feeds.name.refused'],
    ['dateFormats', { dateFormats: ['', ''] }, 'feeds.dates'],
    ['dateFormats', { dateFormats: ['DD.MM.YY'] }, 'feeds.no-choice'],
    ['timeZone', { timeZone: 'Middle/Earth' }, 'feeds.zone'],
    ['encoding', { encoding: 'utf-7' }, 'feeds.no-choice'],
    ['decimalSign', { decimalSign: '' }, 'feeds.no-choice'],
    ['scoreMeaning', { scoreMeaning: 'stars' }, 'feeds.no-choice'],
    ['grades', { grades: [aGrade, { ...aGrade, text: ' PASS ' }] }, 'feeds.grade-twice'],
    ['grades', { grades: [{ ...aGrade, delivery: 'no_show' }] }, 'feeds.grade-of-undelivered'],
    ['grades', { grades: [{ ...aGrade, text: 'x'.repeat(51) }] }, 'feeds.long'],
    ['notExamWords', { notExamWords: 'x'.repeat(201) }, 'feeds.long'],
    ['fileName', { fileName: 'exam-*' }, 'feeds.file-name'],
    ['fileNameZone', { fileNameZone: '' }, 'feeds.zone'],
    ['unmatchedShare', { unmatchedShare: '101' }, 'feeds.share'],
    ['failingShare', { failingShare: 'half' }, 'feeds.share'],
    ['missingFromBulkShare', { missingFromBulkShare: '-1' }, 'feeds.share'],
    ['fewestRows', { fewestRows: '0' }, 'feeds.no-choice'],
    ['keptDays', { keptDays: '1.5' }, 'feeds.days'],
    ['keptDays', { keptDays: '4000' }, 'feeds.days'],
  ])('%s: %j', (field, typed, message) => {
    const read = readSettings({ ...values, ...typed }, {})

    expect(read).toMatchObject({ ok: false, refusal: { [field]: [message] } })
    expect(en).toHaveProperty([message])
  })
})

test('shares are entered as per cent, with a point or a comma', () => {
  const read = readSettings({ ...values, unmatchedShare: '12,5', failingShare: '7 %' }, {})

  expect(read).toMatchObject({
    value: { settings: { brakes: { unmatchedShare: 0.125, failingShare: 0.07 } } },
  })
})

test.each(startingPoints)('a feed may start from %s', (start) => {
  expect(v.is(FeedSettings, settingsToStartWith(start))).toBe(true)
})

test.each([
  ['results_2026-05-01.csv', 'results_*.csv', 'results_2026-06-30.csv'],
  ['psi.csv', 'psi.csv', 'PSI.CSV'],
  ['1a2b3c4d5e6f7.csv', '*a*b*c*d*.csv', '9a9b9c9d9e9f9.csv'],
])('for %s the pattern %s is proposed', (name, pattern, another) => {
  expect(patternFor(`folder/${name}`)).toBe(pattern)
  expect(matchesFileName(pattern, name)).toBe(true)
  expect(matchesFileName(pattern, another)).toBe(true)
})

describe('a column map is refused', () => {
  const names = ['Test ID', 'Candidate', 'Test', 'When', '###', 'Note']
  const asked = { name: 'PSI', files: 'psi*.csv', kind: 'result' as const }
  const complete = ['registrationId', 'candidateId', 'examCode', 'examAt', '', '']

  test('never where every needed field has a column', () => {
    expect(readMap(asked, names, complete)).toMatchObject({
      ok: true,
      value: {
        ...asked,
        columns: { registrationId: 'Test ID', candidateId: 'Candidate', examCode: 'Test', examAt: 'When' },
      },
    })
  })

  test.each([
    ['without a field that is needed', {}, complete.with(3, ''), { columns: ['feeds.map.required'] }],
    ['with a field twice', {}, complete.with(5, 'examAt'), { columns: ['feeds.map.twice'] }],
    ['with a field of another kind', {}, complete.with(5, 'city'), { columns: ['feeds.no-choice'] }],
    [
      'for a column that cannot be found again',
      {},
      complete.with(4, 'score'),
      { columns: ['feeds.map.nameless'] },
    ],
    ['for names of too many patterns', { files: 'a*b*c*d*e*f*g' }, complete, { files: ['feeds.map.stars'] }],
    ['without a name', { name: '' }, complete, { name: ['feeds.blank'] }],
    ['without names of files', { files: '' }, complete, { files: ['feeds.blank'] }],
  ])('%s', (_, change, choice, refusal) => {
    expect(readMap({ ...asked, ...change }, names, choice)).toEqual({ ok: false, refusal })
  })
})
