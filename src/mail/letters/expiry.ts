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
        ? [{ paragraph: t('mail.expiry.soon') }, facts(soon, context), adviceOf(advice, context)]
        : []),
      ...(over.length > 0 ? [{ paragraph: t('mail.expiry.over') }, facts(over, context)] : []),
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
      return [nameOf(award, context), t('mail.expiry.day', { date, distance })]
    }),
  }
}

/** Advice that came too late to be followed is none. */
function adviceOf(advice: Reminder['advice'], context: LetterContext): LetterPart {
  const { t, program, today } = context
  if (advice === null || advice.by < today) return { paragraph: t('mail.expiry.no-advice') }
  return {
    paragraph: t('mail.expiry.advice', {
      exam: findExam(program, advice.exam)?.title ?? advice.exam,
      codes: formatList(t, advice.seriesCodes),
      date: formatDate(t, advice.by),
      certifications: formatList(t, advice.renews),
    }),
  }
}

function nameOf({ certification }: Award, { program }: LetterContext): string {
  return findCertification(program, certification)?.name ?? certification
}
