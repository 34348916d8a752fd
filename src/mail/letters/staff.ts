import type { MessageKey } from '../../i18n/messages.ts'
import { paths } from '../../paths.ts'
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

/** As on the page that it leads to. */
const MOST_TOLD = 1000

/** What waits, as far as anything does, and where to see to it. */
export function staffDigest(
  waiting: ContentOf<'staff_digest'>,
  { t, program, origin }: LetterContext,
): Letter {
  const { open, overTwoDays, deliveries, rows, lateResults } = waiting
  const { doubted = 0, proposals = 0, changes = 0, heldRuns = 0 } = waiting
  const counted = (count: number) =>
    count > MOST_TOLD ? t('staff.home.more-than', { count: MOST_TOLD }) : String(count)
  const lines: [term: string, count: number][] = [
    [t('mail.digest.open'), open],
    [t('mail.digest.over-two-days'), overTwoDays],
    [t('mail.digest.deliveries'), deliveries],
    [t('mail.digest.rows'), rows],
    [t('mail.digest.late'), lateResults],
    [t('mail.digest.doubted'), doubted],
    [t('mail.digest.proposals'), proposals],
    [t('mail.digest.changes'), changes],
    [t('mail.digest.held-runs'), heldRuns],
  ]
  return {
    subject: t('mail.digest.subject', { program: program.name }),
    parts: [
      { paragraph: t('mail.digest.text') },
      {
        facts: lines.flatMap(([term, count]) =>
          count === 0 ? [] : [[term, counted(count)] as [string, string]],
        ),
      },
      { link: t('mail.digest.link'), url: origin + paths.staff.home },
    ],
  }
}
