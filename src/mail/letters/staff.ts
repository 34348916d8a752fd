import type { MessageKey } from '../../i18n/messages.ts'
import type { Letter } from '../letter.tsx'
import { access, type LetterContext } from '../letter-context.ts'
import type { ContentOf } from '../outbox.ts'

export function staffInvitation({ role }: ContentOf<'staff_invitation'>, context: LetterContext): Letter {
  const { t, program } = context
  const named = t(`staff.role.${role}` as MessageKey & 'staff.role.owner')
  return {
    subject: t('mail.staff-invitation.subject', { program: program.name }),
    parts: [
      { paragraph: t('mail.staff-invitation.why', { program: program.name, role: named }) },
      access(t('mail.staff-invitation.link'), context),
      { paragraph: t('mail.not-you') },
    ],
  }
}
