import { expect, test } from 'vitest'
import { timelineLayout } from '../../src/certifications/timeline-layout.ts'

const today = '2026-11-23'
const active = {
  certification: 'JNCIA-Junos',
  awardedOn: '2025-03-18',
  expiresOn: '2028-03-18',
  standing: 'active',
} as const
const gone = {
  certification: 'JNCIA-Cloud',
  awardedOn: '2019-06-02',
  expiresOn: '2022-06-02',
  standing: 'expired',
} as const

test('an active award is drawn up to today and from today on', () => {
  const { rows, todayX } = timelineLayout([active], today, 'beside')

  const [past, left] = rows[0]!.bars
  expect([past!.kind, left!.kind]).toEqual(['past', 'left'])
  expect(past!.x + past!.width).toBeCloseTo(todayX, 0)
  expect(left!.x).toBeCloseTo(todayX, 0)
})

test('one that expires soon, and one that is gone, are drawn otherwise', () => {
  const { rows } = timelineLayout([{ ...active, standing: 'expiring' }, gone], today, 'beside')

  expect(rows.map(({ bars }) => bars.map(({ kind }) => kind))).toEqual([['past', 'soon'], ['gone']])
})

test('one that never expires reaches the edge', () => {
  const { rows, years } = timelineLayout([{ ...active, expiresOn: null }], today, 'beside')

  const last = rows[0]!.bars.at(-1)!
  expect(last.x + last.width).toBeCloseTo(years.at(-1)!.x, 0)
})

test('a certification held twice has one row', () => {
  const again = { ...active, awardedOn: '2020-01-01', expiresOn: '2023-01-01', standing: 'expired' } as const

  const { rows } = timelineLayout([active, again], today, 'beside')

  expect(rows).toHaveLength(1)
  expect(rows[0]!.bars.map(({ kind }) => kind)).toEqual(['past', 'left', 'gone'])
})

test('a phone gets the last years, and no row for what ended before them', () => {
  const { rows, years } = timelineLayout([active, gone], today, 'above')

  expect(rows.map(({ certification }) => certification)).toEqual(['JNCIA-Junos'])
  expect(years[0]!.year).toBe(2023)
})

test('everything stays inside the picture, also over thirty years', () => {
  const old = { ...gone, awardedOn: '1998-01-01' }
  for (const shape of ['beside', 'above'] as const) {
    const { rows, years, width, todayX } = timelineLayout([active, old], today, shape)
    const ends = rows.flatMap(({ bars }) => bars.map((bar) => bar.x + bar.width))
    expect(Math.max(...ends, todayX, ...years.map(({ x }) => x))).toBeLessThanOrEqual(width)
    const gaps = years.slice(1).map(({ x }, index) => x - years[index]!.x)
    expect(Math.min(...gaps)).toBeGreaterThan(40)
  }
})

test('an expiry at the end of all years is drawn to the edge', () => {
  const endless = { ...active, awardedOn: '0001-01-01', expiresOn: '9999-12-31' }
  for (const shape of ['beside', 'above'] as const) {
    const { rows, years, todayX } = timelineLayout([endless, gone], today, shape)
    const places = [...rows.flatMap(({ bars }) => bars.flatMap(({ x, width }) => [x, width])), todayX]
    expect([...places, ...years.map(({ x }) => x)].every(Number.isFinite)).toBe(true)
    const last = rows[0]!.bars.at(-1)!
    expect(last.x + last.width).toBeCloseTo(shape === 'beside' ? 980 - 22 : 360 - 18, 0)
  }
})

test('an award of today, which expires today, is no trouble', () => {
  const brief = { ...active, awardedOn: today, expiresOn: today }

  expect(timelineLayout([brief], today, 'beside').rows).toEqual([])
})
