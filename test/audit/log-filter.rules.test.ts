import { describe, expect, test } from 'vitest'
import { actionInWords, actorInWords, detailsInWords } from '../../src/audit/entry-words.ts'
import { readLogFilter, readLogQuestion } from '../../src/audit/log-filter.ts'
import { translator } from '../../src/i18n/messages.ts'

const t = translator('en')

function read(query: Record<string, string>) {
  return readLogQuestion(
    readLogFilter((name) => query[name]),
    query.before,
  )
}

test('days are whole, in UTC', () => {
  const { question, refusals } = read({ from: '2026-11-01', to: '2026-11-01', before: '17' })

  expect(refusals).toEqual({})
  expect(question).toEqual({
    action: null,
    actor: null,
    candidateId: null,
    since: Date.parse('2026-11-01T00:00:00Z'),
    until: Date.parse('2026-11-02T00:00:00Z'),
    before: 17,
  })
})

test.each([
  [{ from: '2026-02-30' }, ['from']],
  [{ to: 'yesterday' }, ['to']],
  [{ from: '2026-11-02', to: '2026-11-01' }, ['to']],
  [{ candidate: 'x'.repeat(51) }, ['candidate']],
])('%j is refused', (query, fields) => {
  expect(Object.keys(read(query).refusals)).toEqual(fields)
})

test.each([
  { action: 'toString', actor: 'staff:0', before: '0' },
  { action: '', actor: 'staff:', before: '1e9' },
  { action: 'nothing', actor: 'root', before: '9'.repeat(20) },
])('%j filters by nothing', (query) => {
  expect(read(query).question).toMatchObject({ action: null, actor: null, before: null })
})

describe('in words', () => {
  test('an action, also one that nobody knows any more', () => {
    expect(actionInWords(t, 'password.changed')).toBe('Password changed')
    expect(actionInWords(t, 'constructor')).toBe('constructor')
    expect(actionInWords(t, 'gone.long-ago')).toBe('gone.long-ago')
  })

  test('who did it', () => {
    expect(actorInWords(t, { actor: 'system', staffName: null })).toBe('Testamur')
    expect(actorInWords(t, { actor: 'staff:7', staffName: 'Grace' })).toBe('Grace')
    expect(actorInWords(t, { actor: 'staff:7', staffName: null })).toBe('staff:7')
  })

  test('details, with nothing left out but what is empty', () => {
    const details = { method: 'totp', more: false, strange: 3, device: '', gone: null }
    expect(detailsInWords(t, JSON.stringify(details))).toEqual([
      'By: totp',
      'More to be seen: no',
      'strange: 3',
    ])
    expect(detailsInWords(t, 'null')).toEqual([])
  })
})
