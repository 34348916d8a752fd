import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { completeSecretsFile } from '../../scripts/secrets-file.ts'

const freshFile = () => join(mkdtempSync(join(tmpdir(), 'testamur-')), '.dev.vars')

test('the first run writes long random secrets, different each time', () => {
  const first = completeSecretsFile(freshFile())
  const second = completeSecretsFile(freshFile())

  expect(first.written).toEqual(['LINK_KEY', 'SESSION_KEY', 'SEAL_KEY', 'FEED_TOKEN'])
  expect(first.secrets.LINK_KEY).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(first.secrets.LINK_KEY).not.toBe(second.secrets.LINK_KEY)
  expect(first.secrets.LINK_KEY).not.toBe(first.secrets.FEED_TOKEN)
})

test('a later run keeps every secret', () => {
  const file = freshFile()
  const first = completeSecretsFile(file)

  expect(completeSecretsFile(file)).toEqual({ secrets: first.secrets, written: [] })
})

test('what an operator wrote stays, and only the missing is added', () => {
  const file = freshFile()
  writeFileSync(file, 'FEED_TOKEN="chosen by hand"')

  const { secrets, written } = completeSecretsFile(file)

  expect(written).toEqual(['LINK_KEY', 'SESSION_KEY', 'SEAL_KEY'])
  expect(secrets.FEED_TOKEN).toBe('chosen by hand')
  expect(readFileSync(file, 'utf8')).toMatch(
    /^FEED_TOKEN="chosen by hand"\nLINK_KEY=.+\nSESSION_KEY=.+\nSEAL_KEY=.+\n$/,
  )
})
