import { formatDate } from '../../layout/dates.tsx'
import { paths } from '../../paths.ts'
import type { Letter } from '../letter.tsx'
import { access, candidateId, type LetterContext } from '../letter-context.ts'
import type { ContentOf } from '../outbox.ts'

/** To the record that somebody says is theirs, too; it does not say which other record asks. */
export function mergeProof(context: LetterContext): Letter {
  const { t, program } = context
  return {
    subject: t('mail.merge-proof.subject'),
    parts: [
      ...candidateId(context),
      { paragraph: t('mail.merge-proof.why', { program: program.name }) },
      access(t('mail.merge-proof.link'), context),
      { paragraph: t('mail.not-you') },
    ],
  }
}

export function dataReady({ expiresOn }: ContentOf<'data_ready'>, context: LetterContext): Letter {
  const { t } = context
  return {
    subject: t('mail.data-ready.subject'),
    parts: [
      ...candidateId(context),
      { paragraph: t('mail.data-ready.text', { date: formatDate(t, expiresOn) }) },
      access(t('mail.data-ready.link'), context),
    ],
  }
}

export function closingNotice(
  { closesOn, keepsVerification }: ContentOf<'closing_notice'>,
  context: LetterContext,
): Letter {
  const { t, origin } = context
  return {
    subject: t('mail.closing.subject', { date: formatDate(t, closesOn) }),
    parts: [
      ...candidateId(context),
      { paragraph: t('mail.closing.text', { date: formatDate(t, closesOn) }) },
      { paragraph: keepsVerification ? t('mail.closing.keeps') : t('mail.closing.ends') },
      { paragraph: t('mail.closing.stop') },
      { link: t('mail.closing.link'), url: origin + paths.privacy },
    ],
  }
}

export function reviewReminder(context: LetterContext): Letter {
  const { t, program, origin } = context
  return {
    subject: t('mail.review.subject', { program: program.name }),
    parts: [
      ...candidateId(context),
      { paragraph: t('mail.review.text') },
      { link: t('mail.review.link'), url: origin + paths.profile },
    ],
  }
}
