import { scryptSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { networkOf } from '../../src/core/rate-limit.ts'
import { readAccountName } from '../../src/sign-in/account-name.ts'
import { encodePassword, isOutdated, isPassword } from '../../src/sign-in/password.ts'
import { safeReturnTo } from '../../src/sign-in/return-to.ts'

const PASSWORD = 'correct horse battery staple'

describe('a kept password', () => {
  test('carries its parameters and its own salt, and opens to itself only', async () => {
    const [one, two] = await Promise.all([encodePassword(PASSWORD), encodePassword(PASSWORD)])

    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(two).not.toBe(one)
    expect(await isPassword(PASSWORD, one)).toBe(true)
    expect(await isPassword(`${PASSWORD} `, one)).toBe(false)
    expect(await isPassword('', one)).toBe(false)
  })

  test('is checked with the parameters that it was made with', async () => {
    const salt = Buffer.from('a salt of 16 by.')
    const key = scryptSync(PASSWORD, salt, 32, { N: 1024, r: 4, p: 2 })
    const bare = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

    const encoded = `$scrypt$ln=10,r=4,p=2$${bare(salt)}$${bare(key)}`

    expect(await isPassword(PASSWORD, encoded)).toBe(true)
    expect(await isPassword('something else', encoded)).toBe(false)
    expect(isOutdated(encoded)).toBe(true)
    expect(isOutdated(await encodePassword(PASSWORD))).toBe(false)
  })

  test('is the same password however the device composes its characters', async () => {
    expect(await isPassword('cafe\u0301 ｆｕｌｌ width', await encodePassword('café full width'))).toBe(true)
  })

  test('is never matched where there is none', async () => {
    expect(await isPassword('\0'.repeat(32), null)).toBe(false)
    expect(await isPassword(PASSWORD, null)).toBe(false)
  })
})

test.each([
  [' Ada@Example.ORG ', { kind: 'email', normalized: 'ada@example.org' }],
  ['JPR 0001 2345', { kind: 'candidate_id', id: 'JPR00012345' }],
  ['jpr00012345', { kind: 'candidate_id', id: 'jpr00012345' }],
  ['', null],
  ['   ', null],
  ['zofia@', null],
  ['@example.org', null],
  ['a@b@c', null],
  ['ada@exam\0ple.org', null],
  ['JPR\u0007', null],
  ['x'.repeat(51), null],
  [`${'x'.repeat(320)}@example.org`, null],
])('an account called %j is read as %j', (typed, name) => {
  expect(readAccountName(typed)).toEqual(name)
})

test.each(['/', '/exams', '/certifications/status?x=1&y=%2F#z'])('%s is a place to return to', (path) => {
  expect(safeReturnTo(path)).toBe(path)
})

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/exams\\..\\evil',
  'javascript:alert(1)',
  'exams',
  '',
  ' /exams',
  '/exams\r\nset-cookie: a=b',
  `/${'x'.repeat(3000)}`,
  ['/exams', '/profile'],
  undefined,
])('%j leads home instead', (asked) => {
  expect(safeReturnTo(asked)).toBe('/')
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['2001:db8:1:2::', '2001:db8:1:2'],
])('%s belongs to the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
