import { formatDate, formatDistance } from '../../layout/dates.tsx'
import { formatList } from '../../layout/lists.ts'
import { paths } from '../../paths.ts'
import { findCertification, findExam } from '../../program/catalogue.ts'
import type { Letter, LetterPart } from '../letter.tsx'
import type { LetterContext } from '../letter-context.ts'
import type { ContentOf } from '../outbox.ts'

type Reminder = ContentOf<'expiry_reminder'>
type Award = Reminder['awards'][number]

/** What expires soon, with what keeps it; then what has expired. */
export function expiryReminder({ awards, advice }: Reminder, context: LetterContext): Letter {
  const { t, today, origin } = context
  const ordered = awards.toSorted((a, b) => (a.expiresOn < b.expiresOn ? -1 : 1))
  const over = ordered.filter(({ expiresOn }) => expiresOn < today)
  const soon = ordered.filter(({ expiresOn }) => expiresOn >= today)
  return {
    subject: subjectOf(soon, over, context),
    parts: [
      ...(soon.length > 0
        ? [
            { paragraph: t('mail.expiry.soon') },
            facts(soon, context),
            ...(adviceOf(advice, context) ?? [{ paragraph: t('mail.expiry.no-advice') }]),
          ]
        : []),
      ...(over.length > 0 ? [{ paragraph: t('mail.expiry.over') }, facts(over, context)] : []),
      ...(soon.length === 0 ? (adviceOf(advice, context) ?? []) : []),
      { link: t('mail.expiry.link'), url: origin + paths.status },
      { paragraph: t('mail.expiry.stop') },
    ],
  }
}

function subjectOf(soon: readonly Award[], over: readonly Award[], context: LetterContext): string {
  const { t } = context
  const isOver = soon.length === 0
  const [first, ...others] = isOver ? over : soon
  const count = others.length + 1
  const date = formatDate(t, first!.expiresOn)
  if (isOver)
    return count === 1
      ? t('mail.expiry.subject.over', { certification: nameOf(first!, context) })
      : t('mail.expiry.subject.over.many', { count })
  return count === 1
    ? t('mail.expiry.subject', { certification: nameOf(first!, context), date })
    : t('mail.expiry.subject.many', { count, date })
}

function facts(awards: readonly Award[], context: LetterContext): LetterPart {
  const { t, today } = context
  return {
    facts: awards.map((award) => {
      const [date, distance] = [formatDate(t, award.expiresOn), formatDistance(t, today, award.expiresOn)]
      const { graceUntil } = award
      const day = t('mail.expiry.day', { date, distance })
      const isInGrace = graceUntil != null && award.expiresOn < today && today <= graceUntil
      const grace = isInGrace && t('mail.expiry.grace', { date: formatDate(t, graceUntil) })
      return [nameOf(award, context), grace ? `${day}; ${grace}` : day]
    }),
  }
}

/** Advice that came too late to be followed is none. */
function adviceOf(advice: Reminder['advice'], context: LetterContext): LetterPart[] | null {
  const { t, program, today } = context
  if (advice === null || advice.by < today) return null
  const { from = today } = advice
  const parts = [
    t('mail.expiry.advice', {
      exam: findExam(program, advice.exam)?.title ?? advice.exam,
      codes: formatList(t, advice.seriesCodes),
      date: formatDate(t, advice.by),
      certifications: formatList(t, advice.renews),
    }),
    ...(from > today ? [t('certifications.not-before', { date: formatDate(t, from) })] : []),
  ]
  return [{ paragraph: parts.join(' ') }]
}

function nameOf({ certification }: Award, { program }: LetterContext): string {
  return findCertification(program, certification)?.name ?? certification
}
