import { approvalName } from '../../certifications/wording.ts'
import { formatDate } from '../../layout/dates.tsx'
import { paths } from '../../paths.ts'
import { findCertification } from '../../program/catalogue.ts'
import type { Letter } from '../letter.tsx'
import { candidateId, type LetterContext } from '../letter-context.ts'
import type { ContentOf, ToldChange } from '../outbox.ts'

/** What was done to an award, from when, why, and what the candidate can do about it. */
export function awardAct(
  { kind, certification, number, on, toAwardedOn, toExpiresOn, reason, besides }: ContentOf<'award_act'>,
  context: LetterContext,
): Letter {
  const { t, program, origin } = context
  const name = findCertification(program, certification)?.name ?? certification
  const dates: [string, string | null][] = [
    [t('mail.award-act.from'), on],
    [t('mail.award.awarded-on'), toAwardedOn],
    [t('mail.award.expires-on'), toExpiresOn],
  ]
  return {
    subject: t(`mail.award-act.${kind}.subject`, { certification: name }),
    parts: [
      ...candidateId(context),
      { paragraph: t(`mail.award-act.${kind}.text`) },
      {
        facts: [
          [t('mail.award.certification'), name],
          [t('mail.award-act.number'), number],
          ...dates.flatMap(([term, date]): [string, string][] =>
            date === null ? [] : [[term, formatDate(t, date)]],
          ),
          [t('mail.award-act.reason'), reason],
        ],
      },
      ...toldChanges(t('mail.award-act.besides'), besides ?? [], context),
      { paragraph: t(`mail.award-act.${kind}.next`) },
      { link: t('mail.award.link'), url: origin + paths.status },
    ],
  }
}

/** An approval that does not count any more, why, and what that changes. */
export function approvalWithdrawn(
  { approval, approvedOn, reason, changes }: ContentOf<'approval_withdrawn'>,
  context: LetterContext,
): Letter {
  const { t, program, origin } = context
  const name = approvalName(program, approval)
  return {
    subject: t('mail.approval-withdrawn.subject', { approval: name }),
    parts: [
      ...candidateId(context),
      { paragraph: t('mail.approval-withdrawn.text') },
      {
        facts: [
          [t('mail.approval-withdrawn.approval'), name],
          [t('mail.approval-withdrawn.on'), formatDate(t, approvedOn)],
          [t('mail.award-act.reason'), reason],
        ],
      },
      ...toldChanges(t('mail.approval-withdrawn.changes'), changes, context),
      { paragraph: t('mail.award-act.revoke.next') },
      { link: t('mail.award.link'), url: origin + paths.status },
    ],
  }
}

/** How certifications stand from now on that follow from something else. */
function toldChanges(
  introduction: string,
  changes: readonly ToldChange[],
  { t, program }: LetterContext,
): Letter['parts'] {
  if (changes.length === 0) return []
  return [
    { paragraph: introduction },
    {
      facts: changes.map(({ certification, standing, expiresOn }): [string, string] => {
        const name = findCertification(program, certification)?.name ?? certification
        const until = expiresOn === null ? t('mail.award.never-expires') : formatDate(t, expiresOn)
        return [name, t(`mail.change.${standing}`, { until })]
      }),
    },
  ]
}
