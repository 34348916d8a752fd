import { formatInstant } from '../../layout/dates.tsx'
import { paths } from '../../paths.ts'
import type { Letter } from '../letter.tsx'
import { access, type LetterContext } from '../letter-context.ts'
import type { ContentOf } from '../outbox.ts'

export function addressConfirmation(
  { address }: ContentOf<'address_confirmation'>,
  context: LetterContext,
): Letter {
  const { t, program } = context
  return {
    subject: t('mail.address-confirmation.subject'),
    parts: [
      { paragraph: t('mail.address-confirmation.why', { address, program: program.name }) },
      access(t('mail.address-confirmation.link'), context),
      { paragraph: t('mail.not-you') },
    ],
  }
}

/** Says nothing of who asked: it may be the holder on another record, or a stranger. */
export function addressInUse({ t, program, origin }: LetterContext): Letter {
  return {
    subject: t('mail.address-in-use.subject'),
    parts: [
      { paragraph: t('mail.address-in-use.why', { program: program.name }) },
      { paragraph: t('mail.address-in-use.how') },
      { link: t('mail.address-in-use.link'), url: origin + paths.forgotten },
    ],
  }
}

export function addressUndo({ undoUntil }: ContentOf<'address_undo'>, context: LetterContext): Letter {
  const { t, program } = context
  return {
    subject: t('mail.address-undo.subject'),
    parts: [
      { paragraph: t('mail.address-undo.why', { program: program.name }) },
      { paragraph: t('mail.address-undo.how', { until: formatInstant(t, new Date(undoUntil)) }) },
      access(t('mail.address-undo.link'), context),
      { paragraph: t('mail.address-undo.what') },
    ],
  }
}

/** Without a name or an ID: whoever reads this has proved nothing yet. */
export function recoveryConfirmation(context: LetterContext): Letter {
  const { t, program } = context
  return {
    subject: t('mail.recovery-confirmation.subject'),
    parts: [
      { paragraph: t('mail.recovery-confirmation.why', { program: program.name }) },
      access(t('mail.recovery-confirmation.link'), context),
      { paragraph: t('mail.not-you') },
    ],
  }
}

export function recoveryNotice(
  { effectiveAt }: ContentOf<'recovery_notice'>,
  context: LetterContext,
): Letter {
  const { t, program } = context
  return {
    subject: t('mail.recovery-notice.subject'),
    parts: [
      { paragraph: t('mail.recovery-notice.why', { program: program.name }) },
      { paragraph: t('mail.recovery-notice.how', { at: formatInstant(t, new Date(effectiveAt)) }) },
      access(t('mail.recovery-notice.link'), context),
      { paragraph: t('mail.recovery-notice.owner') },
    ],
  }
}
