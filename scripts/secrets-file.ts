import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** The secrets that wrangler.toml requires. Each is random text; none has a default anywhere. */
const SECRETS = ['LINK_KEY', 'SESSION_KEY', 'SEAL_KEY', 'FEED_TOKEN'] as const

export type Secrets = Record<(typeof SECRETS)[number], string>

/** Reads the secrets in `file`, after writing a random one for each that is missing. Says which it wrote. */
export function completeSecretsFile(file: string): { secrets: Secrets; written: string[] } {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const known = new Map(
    [...text.matchAll(/^\s*([A-Z_]+)\s*=\s*"?([^"\n]*)"?\s*$/gm)].map(([, name, value]) => [name!, value!]),
  )
  const written = SECRETS.filter((name) => !known.get(name))
  for (const name of written) known.set(name, randomBytes(32).toString('base64url'))
  if (written.length > 0) {
    const lines = written.map((name) => `${name}=${known.get(name)}\n`).join('')
    writeFileSync(file, text && !text.endsWith('\n') ? `${text}\n${lines}` : text + lines, { mode: 0o600 })
  }
  return { secrets: Object.fromEntries(known) as Secrets, written }
}
