import { expect, test } from 'vitest'
import { securityTxt } from '../../src/well-known/security-txt.ts'
import { givenProgram } from '../support/builders.ts'
import { send } from '../support/requests.ts'

test('says whom to tell of a vulnerability, for half a year from today', () => {
  const about = {
    email: 'support@program.example',
    origin: 'https://records.example',
    policy: 'https://p.example/',
  }

  expect(securityTxt(about, new Date('2026-11-23T10:00:00Z'))).toBe(
    [
      'Contact: mailto:support@program.example',
      'Expires: 2027-05-22T00:00:00.000Z',
      'Policy: https://p.example/',
      'Canonical: https://records.example/.well-known/security.txt',
      'Preferred-Languages: en',
      '',
    ].join('\n'),
  )
})

test('is plain text at the address that RFC 9116 gives it', async () => {
  await givenProgram()

  const response = await send('/.well-known/security.txt')

  expect(response.headers.get('content-type')).toMatch(/^text\/plain; ?charset=utf-8$/i)
  expect(await response.text()).toContain('Contact: mailto:')
})
