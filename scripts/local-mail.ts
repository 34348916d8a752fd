import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where the local send_email binding writes each mail's text part, one folder per run of the Worker. */
export const MAIL_FOLDER = join(import.meta.dirname, '..', '.wrangler', 'tmp', 'email')

/** The newest mail of all local runs whose text has every one of `words`; null when none has come within `waitMs`. */
export async function findLocalMail(words: readonly string[], waitMs: number): Promise<string | null> {
  const deadline = Date.now() + waitMs
  const seen = new Set<string>()
  do {
    for (const file of await textParts()) {
      if (seen.has(file)) continue
      seen.add(file)
      const text = await readFile(file, 'utf8').catch(() => '')
      if (words.every((word) => text.includes(word))) return text
    }
    await sleep(150)
  } while (Date.now() < deadline)
  return null
}

async function textParts(): Promise<string[]> {
  const files = await readdir(MAIL_FOLDER, { recursive: true, withFileTypes: true }).catch(() => [])
  return files
    .filter((entry) => entry.isFile() && entry.parentPath.endsWith('email-text'))
    .map((entry) => join(entry.parentPath, entry.name))
}
