import { formatDate } from '../../layout/dates.tsx'
import { paths } from '../../paths.ts'
import { findCertification } from '../../program/catalogue.ts'
import type { Letter } from '../letter.tsx'
import { candidateId, type LetterContext } from '../letter-context.ts'
import type { ContentOf } from '../outbox.ts'

/** What was done to an award, from when, why, and what the candidate can do about it. */
export function awardAct(
  { kind, certification, number, on, toAwardedOn, toExpiresOn, reason }: ContentOf<'award_act'>,
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
      { paragraph: t(`mail.award-act.${kind}.next`) },
      { link: t('mail.award.link'), url: origin + paths.status },
    ],
  }
}
