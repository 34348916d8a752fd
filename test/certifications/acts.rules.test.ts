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
