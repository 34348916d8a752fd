import type { Translate } from '../i18n/messages.ts'

/** A mail that already says which sitting it is about. */
export function lateResultMail(
  t: Translate,
  { examCode, registrationId }: { examCode: string; registrationId: string },
  supportEmail: string,
): string {
  const subject = t('exams.late.subject', { exam: examCode, registration: registrationId })
  return `mailto:${supportEmail}?subject=${encodeURIComponent(subject)}`
}
