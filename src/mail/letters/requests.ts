import { paths } from '../../paths.ts'
import type { Letter } from '../letter.tsx'
import { candidateId, type LetterContext } from '../letter-context.ts'
import type { ContentOf } from '../outbox.ts'

export function requestReceived(
  { requestId, kind }: ContentOf<'request_received'>,
  context: LetterContext,
): Letter {
  const { t, origin } = context
  return {
    subject: t('mail.request-received.subject', { kind: t(`request.kind.${kind}`) }),
    parts: [
      ...candidateId(context),
      { paragraph: t('mail.request-received.text') },
      { link: t('mail.request.link'), url: origin + paths.request(requestId) },
    ],
  }
}

export function requestDecided(
  { requestId, kind, isApproved, reason }: ContentOf<'request_decided'>,
  context: LetterContext,
): Letter {
  const { t, origin } = context
  const outcome = isApproved ? t('mail.request-decided.approved') : t('mail.request-decided.refused')
  return {
    subject: t('mail.request-decided.subject', { kind: t(`request.kind.${kind}`), outcome }),
    parts: [
      ...candidateId(context),
      { paragraph: t('mail.request-decided.text', { kind: t(`request.kind.${kind}`), outcome }) },
      ...(reason === null
        ? []
        : [{ facts: [[t('mail.request-decided.reason'), reason] as [string, string]] }]),
      { link: t('mail.request.link'), url: origin + paths.request(requestId) },
    ],
  }
}
