import { expect, test } from 'vitest'
import { commonPasswords } from '../../src/sign-in/common-passwords.ts'
import { passwordFault } from '../../src/sign-in/password-fault.ts'
import { foldPassword, isListed, LISTED_BYTES } from '../../src/sign-in/password-list.ts'

const context = {
  names: ['JPR00012345', 'Łucja Byron-King', '李小龙', 'ada.byron@example.org'],
  program: { name: 'Example Certification Program', shortName: 'EXCP', sponsor: 'Examplia Networks' },
}

test.each([
  ['', 'missing'],
  ['eleven char', 'short'],
  ['🔑'.repeat(11), 'short'],
  ['twelve chars', null],
  ['correct horse battery staple', null],
  ['a line\nand\0a NUL', null],
  ['🔑🪪🐎🔋📎'.repeat(51), null],
  ['x1'.repeat(129), 'long'],
  // Common as they are, in whatever case and width.
  ['1qaz2wsx3edc', 'common'],
  ['Unbelievable', 'common'],
  ['ｕｎｂｅｌｉｅｖａｂｌｅ', 'common'],
  // Common ones, doubled or padded.
  ['passwordpassword', 'common'],
  ['Password1234!', 'common'],
  ['!!dragon2026', 'common'],
  ['abc123abc123', 'common'],
  ['liverpool!liverpool!', 'common'],
  ['password3957284610', null],
  // Runs and patterns.
  ['aaaaaaaaaaaa', 'common'],
  ['7890123456789', 'common'],
  ['zyxwvutsrqpo', 'common'],
  ['x?x?x?x?x?x?', 'common'],
  ['            ', 'common'],
  ['394857203948', null],
  // Names of the person, of the program and of the product.
  [' jpr00012345 ', 'name'],
  ['JPR00012345!!', 'name'],
  ['Ada.Byron@Example.org', 'name'],
  ['ada-byron-2026', 'name'],
  ['Łucja 1234567', 'name'],
  ['byronbyronking', 'name'],
  ['李小龙12345678', 'short'],
  ['李小龙李小龙12345678', 'name'],
  ['EXCPexcp2026', 'name'],
  ['Testamur2026!', 'name'],
  ['Examplia-Networks', 'name'],
  ['byron 3957284610', null],
  ['byron likes tall ships', null],
])('the wanted password %j is answered with %s', (wanted, fault) => {
  expect(passwordFault(wanted, context)).toBe(fault && `sign-in.new-password.${fault}`)
})

test('the list holds thousands of passwords that are long enough to be chosen, in order', () => {
  const packed = Buffer.from(commonPasswords, 'base64')
  const entries = Array.from({ length: packed.length / LISTED_BYTES }, (_, index) =>
    packed.readUInt32BE(index * LISTED_BYTES),
  )

  expect(entries).toHaveLength(10_000)
  expect(entries.every((entry, index) => index === 0 || entry >= entries[index - 1]!)).toBe(true)
})

test('what is listed is found, and nothing else', () => {
  const packed = Buffer.from(commonPasswords, 'base64')
  const words = ['unbelievable', 'administrator', 'finalfantasy', 'supernatural']

  expect(words.every((word) => isListed(foldPassword(word), packed))).toBe(true)
  expect(isListed('unbelievably long', packed)).toBe(false)
  expect(isListed('', Buffer.alloc(0))).toBe(false)
})
