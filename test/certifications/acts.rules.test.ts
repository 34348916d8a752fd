import { expect, test } from 'vitest'
import { evaluate } from '../../src/certifications/evaluate.ts'
import { sampleProgram } from '../program/sample-program.ts'
import { actOn } from './given-acts.ts'
import { eventsOf, LATER, passesOf, termsOf } from './histories.ts'

const program = sampleProgram()

test('of two suspensions the earlier day counts, whichever found its award first', () => {
  const passes = passesOf(program, '2018-01-08 JNCIA-Cloud', '2020-02-03 JNCIA-SEC')
  const cloud = { certification: 'JNCIA-Cloud' }
  const acts = [
    actOn('2018-01-08', { ...cloud, id: 1, kind: 'suspend', on: '2019-03-01' }),
    // Held on that date only once it is extended.
    actOn('2021-05-03', { ...cloud, id: 2, kind: 'suspend', on: '2019-02-01' }),
    actOn('2018-01-08', {
      ...cloud,
      id: 3,
      kind: 'extend',
      on: '2020-01-06',
      toExpiresOn: '2021-06-30',
    }),
  ]

  expect(evaluate(program, { ...eventsOf(passes), acts }, LATER).awards[0]).toMatchObject({
    suspendedOn: '2019-02-01',
  })
})

test.each([
  ['to lie beyond the next one', '2018-01-08', '2025-02-01', '2025-03-01', '2018-01-08 2021-01-08'],
  ['to begin after the day it is made', '2022-01-10', '2026-02-01', '2029-02-01', '2022-01-10 2025-01-10'],
  ['to begin when it should have', '2022-01-10', '2022-01-03', '2025-01-03', '2022-01-03 2025-01-03'],
])('an award is corrected %s or stays as it is', (_, awardedOn, toAwardedOn, toExpiresOn, term) => {
  const passes = passesOf(program, '2018-01-08 JNCIA-Cloud', '2022-01-10 JNCIA-Cloud')
  const act = actOn(awardedOn, { certification: 'JNCIA-Cloud', on: '2026-01-05', toAwardedOn, toExpiresOn })

  const awards = evaluate(program, { ...eventsOf(passes), acts: [act] }, LATER).awards
  expect(termsOf(awards)).toContain(`JNCIA-Cloud ${term}`)
})

const EARNED_AGAIN = passesOf(program, '2018-01-08 JNCIA-Cloud', '2019-06-03 JNCIA-Cloud')

/** What the two awards are once the first was revoked, the certification earned again, and then this done to the second. */
function afterActs(...onSecond: Parameters<typeof actOn>[1][]) {
  const revoked = { certification: 'JNCIA-Cloud', passId: 1, kind: 'revoke', on: '2019-01-07' } as const
  const acts = [actOn('2018-01-08', revoked), ...onSecond.map((act) => actOn('2019-06-03', act))]
  return evaluate(program, { ...eventsOf(EARNED_AGAIN), acts }, LATER).awards.map(
    ({ awardedOn, expiresOn, suspendedOn, revokedOn }) => ({ awardedOn, expiresOn, suspendedOn, revokedOn }),
  )
}

const FIRST = {
  awardedOn: '2018-01-08',
  expiresOn: '2021-01-08',
  suspendedOn: null,
  revokedOn: '2019-01-07',
}
const SECOND = { awardedOn: '2019-06-03', expiresOn: '2022-06-03', suspendedOn: null, revokedOn: null }
const DATES = { toAwardedOn: '2019-06-01', toExpiresOn: '2022-06-01' }

test.each([
  ['revoke', {}, { revokedOn: '2019-07-01' }],
  ['suspend', {}, { suspendedOn: '2019-07-01' }],
  ['extend', { toExpiresOn: '2023-01-01' }, { expiresOn: '2023-01-01' }],
  ['correct', DATES, { awardedOn: '2019-06-01', expiresOn: '2022-06-01' }],
] as const)(
  '%s is done to the award that was earned again, not to the revoked one',
  (kind, fields, change) => {
    const act = { certification: 'JNCIA-Cloud', id: 2, kind, on: '2019-07-01', ...fields }

    expect(afterActs({ ...act, passId: 2 })).toEqual([FIRST, { ...SECOND, ...change }])
    expect(afterActs({ ...act, passId: null })).toEqual([FIRST, { ...SECOND, ...change }])
  },
)

test('an award that was earned again is reinstated, and the one before stays revoked', () => {
  const act = { certification: 'JNCIA-Cloud', passId: 2 }
  const revoked = { ...act, id: 2, kind: 'revoke', on: '2019-07-01' } as const
  const reinstated = { ...act, id: 3, kind: 'reinstate', on: '2019-08-05' } as const

  expect(afterActs(revoked, reinstated)).toEqual([FIRST, SECOND])
})

test('one that was revoked from its own day on is found by that day', () => {
  const [pass] = passesOf(program, '2018-01-08 JNCIA-Cloud')
  const on = { certification: 'JNCIA-Cloud', on: '2018-01-08' }
  const acts = [
    actOn('2018-01-08', { ...on, kind: 'revoke' }),
    actOn('2018-01-08', { ...on, id: 2, kind: 'reinstate' }),
  ]

  expect(evaluate(program, { ...eventsOf([pass!]), acts }, LATER).awards).toMatchObject([{ revokedOn: null }])
})
