import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where the local send_email binding writes each mail's text part, one folder per run of the Worker. */
export const MAIL_FOLDER = join(import.meta.dirname, '..', '.wrangler', 'tmp', 'email')

/** The newest mail written after `since` whose text has every one of `words`; null when none comes within `waitMs`. */
export async function findLocalMail(
  words: readonly string[],
  since: Date,
  waitMs: number,
): Promise<string | null> {
  const deadline = Date.now() + waitMs
  const seen = new Set<string>()
  do {
    for (const file of await textParts(since)) {
      if (seen.has(file)) continue
      seen.add(file)
      const text = await readFile(file, 'utf8').catch(() => '')
      if (words.every((word) => text.includes(word))) return text
    }
    await sleep(150)
  } while (Date.now() < deadline)
  return null
}

/** The newest first. */
async function textParts(since: Date): Promise<string[]> {
  const entries = await readdir(MAIL_FOLDER, { recursive: true, withFileTypes: true }).catch(() => [])
  const texts = entries.filter((entry) => entry.isFile() && entry.parentPath.endsWith('email-text'))
  const files = await Promise.all(
    texts.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      // A run that ends takes its mail away, perhaps at this moment.
      return {
        path,
        writtenAt: await stat(path).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
      }
    }),
  )
  return files
    .filter(({ writtenAt }) => writtenAt >= since.getTime())
    .sort((a, b) => b.writtenAt - a.writtenAt)
    .map(({ path }) => path)
}
