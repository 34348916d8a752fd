import { expect, test } from 'vitest'
import { describeFailure, waitAfter } from '../../src/mail/attempts.ts'

const MINUTE_S = 60

test('waits four times as long after each failure, at most half a day, and gives up after eight', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => waitAfter(attempt, new Error('no service')))

  expect(waits.map((wait) => wait && wait / MINUTE_S)).toEqual([1, 4, 16, 64, 256, 720, 720, null])
})

test.each(['E_RECIPIENT_SUPPRESSED', 'E_VALIDATION_ERROR', 'E_SENDER_NOT_VERIFIED', 'E_CONTENT_TOO_LARGE'])(
  '%s is final',
  (code) => {
    expect(waitAfter(1, Object.assign(new Error('no'), { code }))).toBe(null)
  },
)

test('keeps what failed without the address it failed for', () => {
  const error = Object.assign(new Error('550 <ada@example.org>: no\n such mailbox'), {
    code: 'E_DELIVERY_FAILED',
  })

  expect(describeFailure(error)).toBe('E_DELIVERY_FAILED: 550 … no such mailbox')
})
