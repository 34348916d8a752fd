import { expect, test } from 'vitest'
import { translator } from '../../src/i18n/messages.ts'
import { reasonName } from '../../src/import/reason-name.ts'
import { reasons, tableKinds } from '../../src/import/row.ts'
import { waitingReasons } from '../../src/quarantine/reasons.ts'
import { inKind, meaningOf, resolutionOf } from '../../src/quarantine/wording.ts'

const t = translator('en')

test.each(reasons)('%s has a name of its own, and words for what it means', (reason) => {
  expect(reasonName(t, reason)).toMatch(/^[A-Z][^_]+$/)
  expect(meaningOf(t, reason)).toMatch(/^[A-Z][^_]+\.$/)
  expect(meaningOf(t, reason)).not.toBe(meaningOf(t, 'of-another-version'))
})

test('no two reasons have one name, and each that rows wait for says what resolves it', () => {
  expect(new Set(reasons.map((reason) => reasonName(t, reason))).size).toBe(reasons.length)
  for (const reason of waitingReasons) expect(resolutionOf(t, reason), reason).not.toBe('')
})

test.each(tableKinds)('a row of a table of kind %s is called by a word', (kind) => {
  expect(inKind(t, kind)).toMatch(/^[A-Z]/)
})

test('a reason that only another version knows is shown as it was written', () => {
  expect(reasonName(t, 'of_another_version')).toBe('of_another_version')
})
