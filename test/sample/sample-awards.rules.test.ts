import { expect, test } from 'vitest'
import type { EvaluatedAward } from '../../src/certifications/evaluated-award.ts'
import { addDays } from '../../src/core/calendar-date.ts'
import { expectResult } from '../../src/exams/result-expectation.ts'
import { findCertification, levelRank } from '../../src/program/catalogue.ts'
import { evaluationOf } from '../certifications/histories.ts'
import { sampleProgram } from '../program/sample-program.ts'
import { expectationsOf, readDeliveries, sampleFolder } from './read-deliveries.ts'
import { replay } from './replay.ts'

const program = sampleProgram()
const expected = expectationsOf(sampleFolder)
const { today } = expected
const record = replay(program, expected, readDeliveries(sampleFolder))
const resultsOf = Map.groupBy(record.results.values(), ({ candidateId }) => candidateId)

const evaluations = new Map(
  [...record.candidates.keys()].map((id) => {
    const passes = (resultsOf.get(id) ?? [])
      .filter(({ grade, validity }) => grade === 'pass' && validity === 'valid')
      .map(({ exam, examCode, examOn, registrationId }) => ({
        exam,
        seriesCode: examCode,
        passedOn: examOn,
        resultId: Number(registrationId),
      }))
    return [id, evaluationOf(program, passes)] as const
  }),
)
const awards = [...evaluations.values()].flatMap((evaluation) => evaluation.awards)
const isActive = ({ expiresOn }: EvaluatedAward) => expiresOn === null || expiresOn >= today
const expiresSoon = (award: EvaluatedAward) =>
  isActive(award) &&
  award.expiresOn !== null &&
  award.expiresOn <= addDays(today, program.settings.expiringSoonDays)

test('awards are active, near their expiry, expired, and earned again', () => {
  const earnedAgain = [...evaluations.values()].filter((evaluation) => {
    const names = evaluation.awards.map(({ certification }) => certification)
    return new Set(names).size < names.length
  })

  expect(awards.filter(isActive).length).toBeGreaterThan(100)
  expect(awards.filter(expiresSoon).length).toBeGreaterThan(5)
  expect(awards.filter((award) => !isActive(award)).length).toBeGreaterThan(30)
  expect(earnedAgain.length).toBeGreaterThan(0)
})

test('every level is held, and passes wait for a prerequisite', () => {
  const ranks = awards.map(({ certification }) =>
    levelRank(program, findCertification(program, certification)!),
  )
  const waiting = [...evaluations.values()].filter((evaluation) => evaluation.waiting.length > 0)

  expect(new Set(ranks)).toEqual(new Set(program.levels.map(({ rank }) => rank)))
  expect(waiting.length).toBeGreaterThan(0)
  expect(awards.some(({ reason }) => reason.rule === 'completion')).toBe(true)
})

test('every rule and every cascade of the program renews something', () => {
  const renewals = awards.flatMap((award) => award.renewals)
  const unusedRules = program.renewal.rules.filter(({ id }) => !renewals.some(({ rule }) => rule === id))
  const unusedCascades = program.renewal.cascades.filter(
    ({ id }) => !renewals.some(({ cascade }) => cascade === id),
  )

  expect(unusedRules.map(({ id }) => id)).toEqual([])
  expect(unusedCascades.map(({ id }) => id)).toEqual([])
})

test('the first showcase has a full record in a script of its own', () => {
  const id = expected.showcase[0]!
  const held = evaluations.get(id)!.awards.filter(isActive)

  expect(held.length).toBeGreaterThanOrEqual(4)
  expect(held.filter(expiresSoon)).toHaveLength(1)
  expect(evaluations.get(id)!.awards.some(({ renewals }) => renewals.length > 1)).toBe(true)
  expect(resultsOf.get(id)!.length).toBeGreaterThan(6)
  expect(record.candidates.get(id)!.fullName).not.toMatch(/\p{Script=Latin}/u)
})

test('the second showcase awaits an exam, a grade, and a result that is late', () => {
  const id = expected.showcase[1]!
  const results = resultsOf.get(id)!
  const open = [...record.registrations.values()].filter(
    ({ candidateId, registrationId }) => candidateId === id && !record.results.has(registrationId),
  )
  const states = open.map((registration) => expectResult(program.settings, registration, today).state)

  expect(results.map(({ grade }) => grade)).toEqual(['pending'])
  expect(states.sort()).toEqual(['late', 'upcoming'])
})

test('results of the last days are due', () => {
  const open = [...record.registrations.values()].filter(
    ({ registrationId, state }) => state === 'delivered' && !record.results.has(registrationId),
  )
  const states = open.map((registration) => expectResult(program.settings, registration, today).state)

  expect(states).toContain('expected')
})
