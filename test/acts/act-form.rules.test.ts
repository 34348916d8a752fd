import * as v from 'valibot'
import { expect, test } from 'vitest'
import { type ActKind, possibleActs } from '../../src/acts/act.ts'
import { actForm } from '../../src/acts/act-form.ts'
import { fieldErrors } from '../../src/core/form-errors.ts'

const TODAY = '2026-11-23'
const award = { awardedOn: '2024-05-04', expiresOn: '2027-05-04', revokedOn: null }
const earlier = { awardedOn: '2020-05-04', expiresOn: '2023-05-04', revokedOn: null as string | null }

function faults(kind: ActKind, fields: Record<string, unknown>, of: typeof award = award, other = earlier) {
  const filled = {
    on: TODAY,
    reason: 'Why',
    toAwardedOn: of.awardedOn,
    toExpiresOn: of.expiresOn,
    ...fields,
  }
  const form = v.safeParse(actForm(kind, of, [other], TODAY), filled)
  return form.success
    ? {}
    : Object.fromEntries(Object.entries(fieldErrors(form.issues)).map(([name, [key]]) => [name, key]))
}

test.each([
  ['revoke', {}, {}],
  ['revoke', { on: '' }, { on: 'acts.date.missing' }],
  ['revoke', { on: '2026-02-30' }, { on: 'acts.date.refused' }],
  ['revoke', { on: ['2026-01-01', '2026-01-02'] }, { on: 'acts.date.refused' }],
  ['revoke', { on: '2026-11-24' }, { on: 'acts.on.future' }],
  ['suspend', { on: '2024-05-03' }, { on: 'acts.on.early' }],
  ['suspend', { on: '2024-05-04' }, {}],
  ['revoke', { reason: ' ' }, { reason: 'acts.reason.missing' }],
  ['revoke', { reason: 'x'.repeat(2001) }, { reason: 'acts.reason.long' }],
  ['revoke', { reason: 'x'.repeat(2000) }, {}],
  ['revoke', { reason: 'a\u202eb' }, { reason: 'acts.reason.refused' }],
  ['extend', { toExpiresOn: '' }, { toExpiresOn: 'acts.date.missing' }],
  ['extend', { toExpiresOn: '2027-05-04' }, { toExpiresOn: 'acts.extend.not-later' }],
  ['extend', { toExpiresOn: '2027-05-05' }, {}],
  ['extend', { toExpiresOn: '2201-01-01' }, { toExpiresOn: 'acts.date.far' }],
  ['correct', { toExpiresOn: '9999-12-31' }, { toExpiresOn: 'acts.date.far' }],
  ['correct', {}, { toAwardedOn: 'acts.correct.same' }],
  ['correct', { toAwardedOn: '2026-11-24' }, { toAwardedOn: 'acts.correct.future' }],
  ['correct', { toExpiresOn: '2024-05-03' }, { toExpiresOn: 'acts.correct.order' }],
  ['correct', { toExpiresOn: '2024-05-04' }, {}],
  ['correct', { toAwardedOn: '2023-05-04' }, { toAwardedOn: 'acts.correct.overlap' }],
  ['correct', { toAwardedOn: '2023-05-05' }, {}],
  [
    'correct',
    { toAwardedOn: '2019-05-04', toExpiresOn: '2020-05-03' },
    { toAwardedOn: 'acts.correct.overlap' },
  ],
  ['correct', { on: '2024-06-01', toAwardedOn: '2024-06-02' }, { toAwardedOn: 'acts.correct.after-on' }],
  ['correct', { toAwardedOn: '2024-05-01', toExpiresOn: '' }, {}],
] satisfies [ActKind, Record<string, unknown>, Record<string, string>][])(
  '%s %o: %o',
  (kind, fields, expected) => {
    expect(faults(kind, fields)).toEqual(expected)
  },
)

test('one that was revoked is in the way of a correction up to the day before', () => {
  const revoked = { ...earlier, expiresOn: '2027-01-01', revokedOn: '2023-02-01' }

  expect(faults('correct', { toAwardedOn: '2023-02-01' }, award, revoked)).toEqual({})
  expect(faults('correct', { toAwardedOn: '2023-01-31' }, award, revoked)).toEqual({
    toAwardedOn: 'acts.correct.overlap',
  })
})

test('a correction says only what it changes', () => {
  const fields = { on: TODAY, reason: 'Why', toAwardedOn: '2024-05-01', toExpiresOn: '2027-05-04' }
  expect(v.parse(actForm('correct', award, [], TODAY), fields)).toMatchObject({
    kind: 'correct',
    toAwardedOn: '2024-05-01',
    toExpiresOn: null,
  })
})

const standing = { expiresOn: '2027-05-04', suspendedOn: null, revokedOn: null, supersededBy: null }

test.each([
  [{}, ['suspend', 'extend', 'correct', 'revoke']],
  [{ expiresOn: null }, ['suspend', 'correct', 'revoke']],
  [{ suspendedOn: TODAY }, ['reinstate', 'extend', 'correct', 'revoke']],
  [{ suspendedOn: TODAY, revokedOn: TODAY }, ['reinstate']],
  [{ supersededBy: 7 }, []],
])('of %o these are possible: %j', (facts, expected) => {
  expect(possibleActs({ ...standing, ...facts })).toEqual(expected)
})
