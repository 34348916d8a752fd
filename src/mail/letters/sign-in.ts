import { formatInstant } from '../../layout/dates.tsx'
import { paths } from '../../paths.ts'
import type { Letter } from '../letter.tsx'
import { access, candidateId, type LetterContext } from '../letter-context.ts'
import type { ContentOf } from '../outbox.ts'

export function activation(context: LetterContext): Letter {
  const { t, program } = context
  return {
    subject: t('mail.activation.subject', { program: program.name }),
    parts: [
      ...candidateId(context),
      { paragraph: t('mail.activation.why') },
      { paragraph: t('mail.activation.how') },
      access(t('mail.activation.link'), context),
      { paragraph: t('mail.not-you') },
    ],
  }
}

export function passwordReset(context: LetterContext): Letter {
  const { t } = context
  return {
    subject: t('mail.password-reset.subject'),
    parts: [
      ...candidateId(context),
      { paragraph: t('mail.password-reset.why') },
      { paragraph: t('mail.password-reset.how') },
      access(t('mail.password-reset.link'), context),
      { paragraph: t('mail.not-you') },
    ],
  }
}

/** What happened, when and from which device; and what to do if it was somebody else. */
export function securityNotice(
  { action, at, device }: ContentOf<'security_notice'>,
  { t, program, origin }: LetterContext,
): Letter {
  const what = t(`audit.${action}`)
  const when = formatInstant(t, new Date(at))
  return {
    subject: t('mail.security.subject', { what }),
    parts: [
      { paragraph: t('mail.security.text', { program: program.name }) },
      {
        facts: [
          [t('mail.security.what'), what],
          [t('mail.security.when'), when],
          ...(device ? [[t('mail.security.device'), device] as [string, string]] : []),
        ],
      },
      { paragraph: t('mail.security.not-you') },
      { link: t('mail.security.activity'), url: origin + paths.activity },
      { link: t('mail.security.reset'), url: origin + paths.forgotten },
    ],
  }
}
