import { randomToken, sha256Hex } from '../core/tokens.ts'
import { paths } from '../paths.ts'
import type { LinkPurpose, MailContent } from './outbox.ts'
import type { NewLink } from './queries.ts'

const LINK_TTL_MS: Record<LinkPurpose, number> = {
  activation: 7 * 86_400_000,
  password_reset: 3_600_000,
}

/** The link that a mail must carry, if any: its address for the mail, and the row that will recognise it. */
export async function mintAccessLink(
  mail: MailContent & { candidateId: string },
  sentTo: string,
  origin: string,
  now: Date,
): Promise<{ url: string; row: NewLink } | null> {
  const purpose = purposeOf(mail)
  if (purpose === null) return null
  const token = randomToken()
  return {
    url: origin + paths.setPassword(token),
    row: {
      tokenHash: await sha256Hex(token),
      candidateId: mail.candidateId,
      purpose,
      sentTo,
      expiresAt: now.getTime() + LINK_TTL_MS[purpose],
    },
  }
}

function purposeOf(mail: MailContent): LinkPurpose | null {
  if (mail.template === 'welcome') return 'activation'
  return mail.template === 'access_link' ? mail.payload.purpose : null
}
