import { courseName } from '../../certifications/wording.ts'
import { formatDate } from '../../layout/dates.tsx'
import { paths } from '../../paths.ts'
import { isQuestionKind } from '../../requests/request.ts'
import type { Letter } from '../letter.tsx'
import { access, candidateId, type LetterContext } from '../letter-context.ts'
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
      {
        paragraph: t(isQuestionKind(kind) ? 'mail.request-received.question' : 'mail.request-received.text'),
      },
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

export function courseTakenBack(
  { requestId, course, completedOn, reason }: ContentOf<'course_taken_back'>,
  context: LetterContext,
): Letter {
  const { t, program, origin } = context
  const name = courseName(t, program, course)
  return {
    subject: t('mail.course-taken-back.subject', { course: name }),
    parts: [
      ...candidateId(context),
      { paragraph: t('mail.course-taken-back.text') },
      {
        facts: [
          [t('mail.course-taken-back.course'), name],
          [t('mail.course-taken-back.completed'), formatDate(t, completedOn)],
          [t('mail.request-decided.reason'), reason],
        ],
      },
      { link: t('mail.request.link'), url: origin + paths.request(requestId) },
    ],
  }
}

export function requestMessage(
  { requestId, kind, body, files, isEnded }: ContentOf<'request_message'>,
  context: LetterContext,
): Letter {
  const { t, origin, recipient } = context
  return {
    subject: t('mail.request-message.subject', { kind: t(`request.kind.${kind}`) }),
    parts: [
      ...candidateId(context),
      { paragraph: t('mail.request-message.text', { kind: t(`request.kind.${kind}`) }) },
      ...body.split(/\n+/).map((paragraph) => ({ paragraph })),
      ...(files > 0 ? [{ paragraph: t('mail.request-message.files') }] : []),
      ...(isEnded ? [{ paragraph: t('mail.request-message.ended') }] : []),
      access(t('mail.request-message.reply'), context),
      { paragraph: t('mail.request-message.link') },
      // Who lost the address does not get in, and is not to learn whose record it is.
      ...(recipient.candidateId === null
        ? []
        : [{ link: t('mail.request.link'), url: origin + paths.request(requestId) }]),
    ],
  }
}

/** What the candidate said stays in the console. */
export function requestReply(
  { requestId, kind }: ContentOf<'request_reply'>,
  { t, origin }: LetterContext,
): Letter {
  return {
    subject: t('mail.request-reply.subject', { kind: t(`request.kind.${kind}`) }),
    parts: [
      { paragraph: t('mail.request-reply.text', { kind: t(`request.kind.${kind}`) }) },
      { link: t('mail.request-reply.link'), url: origin + paths.staff.request(requestId) },
    ],
  }
}
