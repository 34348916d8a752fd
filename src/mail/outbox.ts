import type { CalendarDate } from '../core/calendar-date.ts'

/** What a mail says: facts, not words, so that a mended sentence reaches mails that still wait. */
export type MailContent =
  | { template: 'welcome'; payload: Record<string, never> }
  | { template: 'result'; payload: { exam: string; examCode: string; examOn: CalendarDate } }
  | {
      template: 'award'
      payload: { certification: string; awardedOn: CalendarDate; expiresOn: CalendarDate | null }
    }
  | { template: 'access_link'; payload: { purpose: LinkPurpose } }

export type LinkPurpose = 'activation' | 'password_reset'

/** `recipient`: only where the mail must not go to the candidate's primary address. */
export type OwedMail = { dedupeKey: string; candidateId: string; recipient?: string } & MailContent
