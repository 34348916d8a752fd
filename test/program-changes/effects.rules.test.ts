import { describe, expect, test } from 'vitest'
import type { KeptHolding } from '../../src/certifications/award-changes.ts'
import { effectsOf, listedOf } from '../../src/program-changes/effects.ts'

const TODAY = '2026-11-26'

const award: KeptHolding = {
  id: 1,
  certification: 'JNCIA-Junos',
  number: 'N1',
  awardedOn: '2024-05-20',
  expiresOn: '2027-05-20',
  emeritusOn: null,
  reason: '{}',
  passId: null,
  suspendedOn: null,
  revokedOn: null,
  supersededBy: null,
  renewals: [],
}

function effectOf(before: Partial<KeptHolding>, after: Partial<KeptHolding>) {
  const kept = { ...award, ...before }
  const { number, renewals, passId, certification, ...dates } = { ...kept, ...after }
  const changes = { created: [], renewed: [], milestones: null, changed: [dates] }
  return effectsOf([kept], changes, TODAY).map(({ kind, beforeOn, afterOn }) => [kind, beforeOn, afterOn])
}

describe('an active certification', () => {
  test.each([
    ['that has expired by now is lost', { expiresOn: '2026-05-20' }, ['lost', '2027-05-20', '2026-05-20']],
    ['that expires today is shortened', { expiresOn: TODAY }, ['shortened', '2027-05-20', TODAY]],
    ['that is suspended is lost', { suspendedOn: TODAY }, ['lost', '2027-05-20', null]],
    ['that is revoked is lost', { revokedOn: TODAY }, ['lost', '2027-05-20', null]],
    ['that lasts longer is extended', { expiresOn: '2028-05-20' }, ['extended', '2027-05-20', '2028-05-20']],
    ['that lasts for ever is extended', { expiresOn: null }, ['extended', '2027-05-20', null]],
    ['that is merged is so', { supersededBy: 2 }, ['merged', '2027-05-20', null]],
    ['with another date is redated', { awardedOn: '2024-05-21' }, ['redated', '2024-05-20', '2024-05-21']],
  ] as const)('%s', (_, after, effect) => {
    expect(effectOf({}, after)).toEqual([effect])
  })
})

describe('what is not active', () => {
  test.each([
    ['is active again', { expiresOn: '2026-05-20' }, { expiresOn: '2026-11-26' }],
    ['counts again', { suspendedOn: '2026-01-01' }, { suspendedOn: null }],
    ['is no other award any more', { supersededBy: 2 }, { supersededBy: null }],
  ])('%s, and is restored', (_, before, after) => {
    expect(effectOf(before, after)).toMatchObject([{ 0: 'restored' }])
  })

  test.each([
    ['has expired', { expiresOn: '2012-05-20' }, { expiresOn: '2013-05-20' }],
    ['is revoked', { revokedOn: '2026-01-01' }, { expiresOn: '2026-12-31' }],
    ['is suspended', { suspendedOn: '2026-01-01' }, { expiresOn: '2028-12-31' }],
    ['has expired and is merged', { expiresOn: '2012-05-20' }, { supersededBy: 2 }],
  ])('%s, stays so, and is no effect', (_, before, after) => {
    expect(effectOf(before, after)).toEqual([])
  })
})

test('beyond so many of a kind effects are not listed, whatever there is of other kinds', () => {
  const effect = (kind: 'extended' | 'lost') => ({
    certification: 'JNCIA-Junos',
    kind,
    beforeOn: null,
    afterOn: null,
    awardedOn: '2024-05-20',
  })
  const changed = [
    { candidateId: 'A', revision: 1, effects: [effect('extended'), effect('extended')] },
    { candidateId: 'B', revision: 1, effects: [effect('extended')] },
    { candidateId: 'C', revision: 1, effects: [effect('extended'), effect('lost')] },
  ]

  expect(
    listedOf(changed, { extended: 8 }, 10).map(({ candidateId, effects }) => [
      candidateId,
      effects.map(({ kind }) => kind),
    ]),
  ).toEqual([
    ['A', ['extended', 'extended']],
    ['C', ['lost']],
  ])
})
