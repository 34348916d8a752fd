import { expect, test } from 'vitest'
import { conflictsBetween, type Sitting } from '../../src/merge/conflicts.ts'

const sitting: Sitting = {
  feed: 'pearson',
  registrationId: '300000001',
  exam: 'JNCIA-Junos',
  on: '2026-05-04',
  time: '09:30',
  delivered: true,
}

const other = { ...sitting, registrationId: '300000002' }

test.each<[string, Partial<Sitting>, Partial<Sitting>, string | null]>([
  ['a registration on both', { delivered: null }, { registrationId: '300000001' }, 'same_registration'],
  [
    'one number of two vendors',
    { time: null },
    { registrationId: '300000001', feed: 'x', on: '2026-06-01' },
    null,
  ],
  ['an exam sat twice in a day', { time: '09:30' }, { time: '14:00' }, 'same_exam_same_day'],
  ['an exam sat twice in a day, at times unknown', { time: null }, { time: null }, 'same_exam_same_day'],
  ['an exam sat on two days', {}, { on: '2026-06-04', time: '14:00' }, null],
  ['two exams on a day', {}, { exam: 'JNCIA-DC', time: '14:00' }, null],
  ['two exams at one time', {}, { exam: 'JNCIA-DC' }, 'same_time'],
  ['two exams at times unknown', { time: null }, { exam: 'JNCIA-DC', time: null }, null],
  ['a booking at the time of a sitting', { delivered: null }, { exam: 'JNCIA-DC' }, 'same_time'],
  ['two bookings at one time', { delivered: null }, { delivered: null }, 'same_time'],
  ['two bookings of an exam on a day', { delivered: null }, { delivered: null, time: '14:00' }, null],
  ['two bookings without appointments', { delivered: null, on: null }, { delivered: null, on: null }, null],
  ['a sitting at the time of one that was missed', {}, { delivered: false }, null],
])('%s', (_, one, another, kind) => {
  const found = conflictsBetween([{ ...sitting, ...one }], [{ ...other, ...another }])

  expect(found.map((conflict) => conflict.kind)).toEqual(kind === null ? [] : [kind])
})

test('conflicts name the registration of either record', () => {
  expect(conflictsBetween([sitting], [other])[0]!.registrationIds).toEqual(['300000001', '300000002'])
})
