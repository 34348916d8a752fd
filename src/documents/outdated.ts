import { openDatabase } from '../core/database.ts'
import { ecertificatePrefix } from './kept-document.ts'
import { listOutdatedAwards } from './outdated-queries.ts'

/** Looked at on several days, so that a run that failed leaves nothing behind. */
const LOOKED_BACK_MS = 7 * 86_400_000

/**
 * Deletes eCertificates that were drawn before their holder's name or their dates were changed. Nothing serves them any
 * more, since both are part of what they are found by; but they show a name that its bearer gave up, or dates that are wrong.
 */
export async function deleteOutdatedCertificates(env: Pick<Env, 'DB' | 'BUCKET'>, now: Date): Promise<void> {
  const since = new Date(now.getTime() - LOOKED_BACK_MS)
  for (const { awardId, at } of await listOutdatedAwards(openDatabase(env.DB), since)) {
    const { objects } = await env.BUCKET.list({ prefix: ecertificatePrefix(awardId) })
    const outdated = objects.filter(({ uploaded }) => uploaded < at).map(({ key }) => key)
    if (outdated.length > 0) await env.BUCKET.delete(outdated)
  }
}
