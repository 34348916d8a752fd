import { expect, test } from 'vitest'
import { changesFor } from '../../src/certifications/award-writes.ts'
import { evaluate } from '../../src/certifications/evaluate.ts'
import { sampleProgram } from '../program/sample-program.ts'
import { actOn } from './given-acts.ts'
import { eventsOf, LATER, passesOf } from './histories.ts'

const TODAY = '2026-11-23'
const FOR_EVER = { id: 'X1', name: 'For ever', on: '2026-01-05', expiresFrom: '2026-01-05' }
const sample = sampleProgram()
/** As a document from before the years were bounded. */
const program = {
  ...sample,
  renewal: { ...sample.renewal, extensions: [{ ...FOR_EVER, expiresUntil: '9999-12-31', months: 6 }] },
}

test('what expires on the last date of all is not moved, and nothing is noted', () => {
  const passes = passesOf(program, '2024-05-20 JNCIA-Junos')
  const act = actOn('2024-05-20', {
    certification: 'JNCIA-Junos',
    kind: 'extend',
    on: '2025-01-06',
    toExpiresOn: '9999-12-31',
  })

  const [award] = evaluate(program, { ...eventsOf(passes), acts: [act] }, LATER).awards
  expect(award).toMatchObject({ expiresOn: '9999-12-31', renewals: [{ rule: 'staff-extension' }] })
})

test('a candidate whose dates cannot be stored is passed over, and no other', () => {
  const candidate = {
    id: 'A',
    revision: 1,
    isOwed: true,
    hasAddress: true,
    kept: [],
    milestones: [],
  }
  const withPass = (line: string) => ({ ...candidate, events: eventsOf(passesOf(program, line)) })

  expect(changesFor(program, withPass('+010000-01-01 JNCIA-Junos'), TODAY)).toBeNull()
  expect(changesFor(program, withPass('2024-05-20 JNCIA-Junos'), TODAY)?.created).toHaveLength(1)
})
