import { randomToken, sha256Hex } from '../core/tokens.ts'
import { paths } from '../paths.ts'
import type { linkPurposes } from '../schema.ts'
import type { MailContent, Template } from './outbox.ts'
import type { NewLink } from './queries.ts'

type LinkPurpose = (typeof linkPurposes)[number]

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** What a link of each purpose opens, and for how long. */
const LINKS: Record<LinkPurpose, { path: (token: string) => string; ttlMs: number }> = {
  activation: { path: paths.setPassword, ttlMs: 7 * DAY_MS },
  password_reset: { path: paths.setPassword, ttlMs: HOUR_MS },
  address_confirmation: { path: paths.confirmAddress, ttlMs: DAY_MS },
  address_undo: { path: paths.undoAddress, ttlMs: 7 * DAY_MS },
  recovery_confirmation: { path: paths.recovery, ttlMs: DAY_MS },
  recovery_stop: { path: paths.stopRecovery, ttlMs: 30 * DAY_MS },
  merge_proof: { path: paths.mergeProof, ttlMs: HOUR_MS },
  request_reply: { path: paths.requestReply, ttlMs: 14 * DAY_MS },
  data_export: { path: paths.dataExport, ttlMs: 7 * DAY_MS },
  staff_invitation: { path: paths.staff.invitation, ttlMs: 3 * DAY_MS },
}

const PURPOSES: Partial<Record<Template, LinkPurpose>> = {
  welcome: 'activation',
  address_confirmation: 'address_confirmation',
  address_undo: 'address_undo',
  recovery_confirmation: 'recovery_confirmation',
  recovery_notice: 'recovery_stop',
  merge_proof: 'merge_proof',
  request_message: 'request_reply',
  data_ready: 'data_export',
  staff_invitation: 'staff_invitation',
}

/** The mails that carry a link. */
export const LINKED_TEMPLATES = ['access_link', ...Object.keys(PURPOSES)] as Template[]

/** The link that a mail must carry, if any: its address for the mail, and the row that will recognise it. */
export async function mintMailLink(
  mail: MailContent & { candidateId: string | null },
  sentTo: string,
  origin: string,
  now: Date,
): Promise<{ url: string; row: NewLink } | null> {
  const purpose = mail.template === 'access_link' ? mail.payload.purpose : PURPOSES[mail.template]
  if (purpose === undefined) return null
  return mintLink({ purpose, candidateId: mail.candidateId, sentTo, data: aboutOf(mail) }, origin, now)
}

/** What the link is about. What somebody wrote stands where it was written, and in the mail. */
function aboutOf(mail: MailContent): object {
  return mail.template === 'request_message' ? { requestId: mail.payload.requestId } : mail.payload
}

/** A link of one purpose. Its token is in the address only: the row holds a hash. */
export async function mintLink(
  link: Pick<NewLink, 'purpose' | 'candidateId' | 'sentTo' | 'data'>,
  origin: string,
  now: Date,
): Promise<{ url: string; row: NewLink }> {
  const { path, ttlMs } = LINKS[link.purpose]
  const token = randomToken()
  return {
    url: origin + path(token),
    row: { ...link, tokenHash: await sha256Hex(token), expiresAt: now.getTime() + ttlMs },
  }
}
