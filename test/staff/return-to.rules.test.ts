import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeStaffReturnTo } from '../../src/staff/return-to.ts'

test.each(['/staff', '/staff/people', '/staff/people/3', '/staff/candidates?q=ada', '/staff?x=1'])(
  'leads back to %s',
  (path) => {
    expect(safeStaffReturnTo(path)).toBe(path)
  },
)

test.each([
  undefined,
  7,
  '',
  '/',
  '/profile',
  '/staffers',
  '/staff.evil.example',
  '//evil.example/staff',
  'https://evil.example/staff',
  '/staff//evil.example',
  '/staff/../profile',
  '/staff/%2e%2e/profile',
  '/staff/%2F%2Fevil.example',
  '/staff\\evil.example',
  '/staff\t/evil',
  '/\t/evil.example',
  '/staff/sign-in',
  '/staff/sign-out',
  `/staff/${'a'.repeat(2000)}`,
])('leads to the start of the console instead of %s', (asked) => {
  expect(safeStaffReturnTo(asked)).toBe('/staff')
})

test('never leads out of the console', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((end) => `/staff${end}`),
      ),
      (asked) => {
        const led = new URL(safeStaffReturnTo(asked), 'https://our.example')

        expect(led.origin).toBe('https://our.example')
        expect(led.pathname).toMatch(/^\/staff(\/|$)/)
      },
    ),
    { seed: 20261123 },
  )
})
