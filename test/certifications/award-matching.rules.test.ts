import { expect, test } from 'vitest'
import { type Holding, type KeptAward, matchAwards } from '../../src/certifications/award-matching.ts'

test('an award stands for the holding of its date, and one without an award is new', () => {
  const kept = keptAward(1, '2020-05-04 2023-05-04')

  const { verdicts, unkept } = match(
    [holding('2024-06-01 2027-06-01'), holding('2020-05-04 2026-01-01')],
    [kept],
  )

  expect(fates(verdicts)).toEqual(['1 stands for 2020-05-04'])
  expect(unkept).toEqual([holding('2024-06-01 2027-06-01')])
})

test('an award moves to the holding that overlaps it, unless another stands for that date', () => {
  const kept = [keptAward(1, '2022-05-04 2025-05-04'), keptAward(2, '2020-05-04 2023-05-04')]

  expect(fates(match([holding('2021-01-01 2025-05-04')], [kept[0]!]).verdicts)).toEqual([
    '1 stands for 2021-01-01',
  ])
  expect(fates(match([holding('2020-05-04 2025-05-04')], kept).verdicts)).toEqual([
    '2 stands for 2020-05-04',
    '1 merged into 2',
  ])
})

test('an award that begins the day after a holding ends has lost its basis', () => {
  const kept = [keptAward(1, '2020-05-04 2023-05-04'), keptAward(2, '2023-05-05 2026-05-05')]

  expect(fates(match([holding('2020-05-04 2023-05-04')], kept).verdicts)).toEqual([
    '1 stands for 2020-05-04',
    '2 baseless',
  ])
})

test('an award that was earned again after a revocation and lost its basis is none of the revoked one', () => {
  const revokedOn = '2021-05-04'
  const kept = [
    { ...keptAward(1, '2020-05-04 2023-05-04'), revokedOn },
    keptAward(2, '2022-05-04 2025-05-04'),
  ]

  expect(fates(match([{ ...holding('2020-05-04 2023-05-04'), revokedOn }], kept).verdicts)).toEqual([
    '1 stands for 2020-05-04',
    '2 baseless',
  ])
})

test('a merged award comes back for the holding of its date', () => {
  const kept = [keptAward(1, '2020-05-04 2027-05-04'), keptAward(2, '2024-05-04 2027-05-04', 1)]
  const apart = [holding('2020-05-04 2023-05-04'), holding('2024-05-04 2027-05-04')]

  expect(fates(match(apart, kept).verdicts)).toEqual(['1 stands for 2020-05-04', '2 stands for 2024-05-04'])
})

test('an award follows its pass to another date', () => {
  const kept = { ...keptAward(1, '2019-05-28 2022-05-28'), passId: 7 }

  const { verdicts, unkept } = match([holding('2016-02-28 2019-02-28', 7)], [kept], [7])

  expect(fates(verdicts)).toEqual(['1 stands for 2016-02-28'])
  expect(unkept).toEqual([])
})

test('an award whose pass is valid is merged rather than left without a basis', () => {
  const kept = [
    keptAward(1, '2016-02-28 2019-02-28'),
    { ...keptAward(2, '2020-05-28 2023-05-28'), passId: 7 },
  ]
  const left = [holding('2016-02-28 2020-02-01')]

  expect(fates(match(left, kept, [7]).verdicts)).toEqual(['1 stands for 2016-02-28', '2 merged into 1'])
  expect(fates(match(left, kept, []).verdicts)).toEqual(['1 stands for 2016-02-28', '2 baseless'])
})

test('awards of different certifications never stand for each other', () => {
  const other = { ...holding('2020-05-04 2023-05-04'), certification: 'B' }

  const { verdicts, unkept } = match([other], [keptAward(1, '2020-05-04 2023-05-04')])

  expect(fates(verdicts)).toEqual(['1 baseless'])
  expect(unkept).toEqual([other])
})

test('an award that never expires overlaps all that comes after it', () => {
  const forever = { ...holding('2020-05-04 -'), expiresOn: null }

  expect(fates(match([forever], [keptAward(1, '2024-05-04 2027-05-04')]).verdicts)).toEqual([
    '1 stands for 2020-05-04',
  ])
})

/** As after passes that are no longer valid, unless the test names those that are. */
function match(holdings: Holding[], kept: KeptAward[], passed: number[] = []) {
  return matchAwards(holdings, kept, (passId) => passed.includes(passId))
}

/** Written as `'2020-05-04 2023-05-04'`. */
function holding(term: string, passId: number | null = null) {
  const [awardedOn, expiresOn] = term.split(' ') as [string, string]
  return { certification: 'A', awardedOn, expiresOn, passId }
}

function keptAward(id: number, term: string, supersededBy: number | null = null): KeptAward {
  return { ...holding(term), id, supersededBy, suspendedOn: null, revokedOn: null }
}

function fates(verdicts: ReturnType<typeof match>['verdicts']): string[] {
  return verdicts.map((verdict) => {
    if (verdict.fate === 'stands') return `${verdict.kept.id} stands for ${verdict.holding.awardedOn}`
    if (verdict.fate === 'merged') return `${verdict.kept.id} merged into ${verdict.into.id}`
    return `${verdict.kept.id} baseless`
  })
}
