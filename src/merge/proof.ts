import type { OwedMail } from '../mail/outbox.ts'

/** Whoever has proved that another record is theirs has this long to look at the preview and to merge. */
export const PROOF_MS = 3_600_000

/** Of the same link to the same address one is mailed in this time: nobody fills a mailbox with them. */
const LINK_PAUSE_MS = 12 * 60_000

export type Recipient = { otherId: string; address: string; normalized: string }

/** The links that let somebody prove a record, one to each address of it that may get links. */
export function proofMails(candidateId: string, recipients: readonly Recipient[], now: Date): OwedMail[] {
  const turn = Math.floor(now.getTime() / LINK_PAUSE_MS)
  return recipients.map(({ otherId, address, normalized }) => ({
    dedupeKey: `merge_proof:${candidateId}:${otherId}:${normalized}:${turn}`,
    candidateId: otherId,
    recipient: address,
    template: 'merge_proof',
    payload: { candidateId },
  }))
}
