import type { Action } from '../audit/actions.ts'
import type { AwardAct } from '../certifications/evaluated-award.ts'
import type { QuickestRenewal } from '../certifications/quickest-renewal.ts'
import type { Standing } from '../certifications/standing.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { ResultChange } from '../import/sitting.ts'
import type { Effect } from '../program-changes/effects.ts'

/** What a mail says: facts, not words, so that a mended sentence reaches mails that still wait. */
export type MailContent =
  | { template: 'welcome'; payload: Record<string, never> }
  | { template: 'result'; payload: { exam: string; examCode: string; examOn: CalendarDate } }
  /** Of a result that was told of before. */
  | {
      template: 'result_changed'
      payload: { exam: string; examCode: string; examOn: CalendarDate; change: ResultChange }
    }
  | {
      template: 'award'
      payload: { certification: string; awardedOn: CalendarDate; expiresOn: CalendarDate | null }
    }
  /** A change of the program's rules changed these certifications. Mails owed before they were looked at again lack a date. */
  | {
      template: 'program_changed'
      payload: { effects: (Omit<Effect, 'awardedOn'> & Partial<Pick<Effect, 'awardedOn'>>)[] }
    }
  /** What the staff did to an award, and why. */
  | {
      template: 'award_act'
      payload: { certification: string; number: string; reason: string } & Pick<
        AwardAct,
        'kind' | 'on' | 'toAwardedOn' | 'toExpiresOn'
      > & { besides?: ToldChange[] }
    }
  /** An approval does not count any more: what of, and what that changes. */
  | {
      template: 'approval_withdrawn'
      payload: { approval: string; approvedOn: CalendarDate; reason: string; changes: ToldChange[] }
    }
  | { template: 'access_link'; payload: { purpose: PasswordPurpose } }
  | { template: 'security_notice'; payload: { action: Action; at: number; device: string | null } }
  /** To a new address: the link makes it count. */
  | { template: 'address_confirmation'; payload: { address: string } }
  /** To the holder of an address that somebody else wanted to add. */
  | { template: 'address_in_use'; payload: Record<string, never> }
  /** To the old primary address, with the way back; `undoUntil` is an instant in UTC milliseconds. */
  | { template: 'address_undo'; payload: { changeId: number; undoUntil: number } }
  /** To the new address of somebody who lost theirs; the candidate may be unknown. */
  | { template: 'recovery_confirmation'; payload: { recoveryId: number } }
  /** To the addresses on record: somebody is about to get in, and how to stop it. `effectiveAt`: UTC milliseconds. */
  | { template: 'recovery_notice'; payload: { recoveryId: number; effectiveAt: number } }
  | { template: 'request_received'; payload: { requestId: number; kind: RequestKind } }
  | {
      template: 'request_decided'
      payload: { requestId: number; kind: RequestKind; isApproved: boolean; reason: string | null }
    }
  /** An approved course counts no more. */
  | {
      template: 'course_taken_back'
      payload: { requestId: number; course: string; completedOn: CalendarDate; reason: string }
    }
  /** What staff wrote about a request, with a link that lets its reader reply. `files`: how many came with it. */
  | {
      template: 'request_message'
      payload: { requestId: number; kind: RequestKind; body: string; files: number; isEnded: boolean }
    }
  /** To whoever of the staff sees to the request. */
  | { template: 'request_reply'; payload: { requestId: number; kind: RequestKind } }
  /** To the addresses of a record that somebody says is theirs, too. */
  | { template: 'merge_proof'; payload: { candidateId: string } }
  | { template: 'data_ready'; payload: { exportId: number; expiresOn: CalendarDate } }
  | { template: 'closing_notice'; payload: { closesOn: CalendarDate; keepsVerification: boolean } }
  | { template: 'review_reminder'; payload: { year: number } }
  /** Awards that expire soon or have expired, and the exam that keeps most of those that still can be kept. */
  | {
      template: 'expiry_reminder'
      payload: {
        awards: {
          number: string
          certification: string
          expiresOn: CalendarDate
          graceUntil?: CalendarDate | null
        }[]
        advice: Advice | null
      }
    }
  | { template: 'staff_invitation'; payload: { staffId: number; role: string } }
  /** What waits for those of the staff who decide. Mails owed by earlier versions lack the last ones. */
  | {
      template: 'staff_digest'
      payload: {
        open: number
        overTwoDays: number
        deliveries: number
        rows: number
        lateResults: number
        doubted?: number
        proposals?: number
        changes?: number
        heldRuns?: number
      }
    }

/** How one of the candidate's certifications stands from now on. */
export type ToldChange = {
  certification: string
  standing: Standing | 'awarded' | 'merged'
  expiresOn: CalendarDate | null
}

/** Mails owed before there were waits lack `from`. */
type Advice = Omit<QuickestRenewal, 'from'> & Partial<Pick<QuickestRenewal, 'from'>>

export type Template = MailContent['template']
export type ContentOf<Name extends Template> = Extract<MailContent, { template: Name }>['payload']

export type PasswordPurpose = 'activation' | 'password_reset'
export type ClaimKind = 'name_change' | 'address_recovery' | 'merge_conflict' | 'course_completion'
export type QuestionKind = 'missing_result' | 'result_question' | 'other'
export type RequestKind = ClaimKind | QuestionKind

/**
 * `candidateId` is null for those who are no candidates. `recipient`: only where the mail must not go to the
 * candidate's primary address. `sendAfter`: in UTC milliseconds, where it is not to be sent at once.
 */
export type OwedMail = {
  dedupeKey: string
  recipient?: string
  candidateId: string | null
  sendAfter?: number
} & MailContent

/** Somebody waits in front of the screen for these: they never stand behind an import's announcements. */
export const URGENT_TEMPLATES: readonly Template[] = [
  'access_link',
  'address_confirmation',
  'recovery_confirmation',
  'merge_proof',
  'staff_invitation',
]
