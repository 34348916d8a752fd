import { formatDate } from '../../layout/dates.tsx'
import { paths } from '../../paths.ts'
import { findCertification, findExam } from '../../program/catalogue.ts'
import type { Letter } from '../letter.tsx'
import { access, candidateId, type LetterContext } from '../letter-context.ts'
import type { ContentOf } from '../outbox.ts'

export function welcome(context: LetterContext): Letter {
  const { t, program, origin } = context
  return {
    subject: t('mail.welcome.subject', { program: program.name }),
    parts: [
      { paragraph: t('mail.welcome.why', { program: program.name }) },
      ...candidateId(context),
      { paragraph: t('mail.welcome.how') },
      access(t('mail.welcome.link'), context),
      { paragraph: t('mail.welcome.fresh', { url: origin + paths.firstSignIn }) },
    ],
  }
}

/** Without the grade: a mailbox is read over shoulders. */
export function result(
  { exam, examCode, examOn }: ContentOf<'result'>,
  { t, program, origin }: LetterContext,
) {
  const title = findExam(program, exam)?.title ?? examCode
  return {
    subject: t('mail.result.subject', { exam: title }),
    parts: [
      { paragraph: t('mail.result.text') },
      {
        facts: [
          [t('mail.result.exam'), title],
          [t('mail.result.code'), examCode],
          [t('mail.result.date'), formatDate(t, examOn)],
        ],
      },
      { link: t('mail.result.link'), url: origin + paths.exams },
    ],
  } satisfies Letter
}

/** As the first mail: what it came to stands behind the sign-in only. */
export function resultChanged(
  { exam, examCode, examOn, change }: ContentOf<'result_changed'>,
  { t, program, origin }: LetterContext,
) {
  const title = findExam(program, exam)?.title ?? examCode
  return {
    subject: t('mail.result-changed.subject', { exam: title }),
    parts: [
      { paragraph: t(`mail.result-changed.${change}`) },
      {
        facts: [
          [t('mail.result.exam'), title],
          [t('mail.result.code'), examCode],
          [t('mail.result.date'), formatDate(t, examOn)],
        ],
      },
      { paragraph: t('mail.result-changed.awards') },
      { link: t('mail.result.link'), url: origin + paths.exams },
    ],
  } satisfies Letter
}

export function award(
  { certification, awardedOn, expiresOn }: ContentOf<'award'>,
  { t, program, today, origin }: LetterContext,
) {
  const name = findCertification(program, certification)?.name ?? certification
  const isOver = expiresOn !== null && expiresOn < today
  return {
    subject: t('mail.award.subject', { certification: name }),
    parts: [
      { paragraph: t('mail.award.text') },
      {
        facts: [
          [t('mail.award.certification'), name],
          [t('mail.award.awarded-on'), formatDate(t, awardedOn)],
          [
            t('mail.award.expires-on'),
            expiresOn === null ? t('mail.award.never-expires') : formatDate(t, expiresOn),
          ],
        ],
      },
      { paragraph: isOver ? t('mail.award.expired') : t('mail.award.download') },
      { link: t('mail.award.link'), url: origin + paths.status },
    ],
  } satisfies Letter
}

/** What a change of the rules did to somebody's certifications, with the dates before and after. */
export function programChanged(
  { effects }: ContentOf<'program_changed'>,
  { t, program, origin }: LetterContext,
) {
  const dateOf = (date: string | null) =>
    date === null ? t('mail.award.never-expires') : formatDate(t, date)
  const isWorse = effects.some(({ kind }) => kind === 'lost' || kind === 'shortened')
  return {
    subject: t('mail.program-changed.subject', { program: program.name }),
    parts: [
      { paragraph: t('mail.program-changed.text') },
      {
        facts: effects.map(({ certification, kind, beforeOn, afterOn }): [string, string] => [
          findCertification(program, certification)?.name ?? certification,
          t(`mail.program-changed.${kind === 'lost' && afterOn !== null ? 'expired' : kind}`, {
            before: dateOf(beforeOn),
            after: dateOf(afterOn),
          }),
        ]),
      },
      { paragraph: t(isWorse ? 'mail.program-changed.look' : 'mail.program-changed.nothing-to-do') },
      { link: t('mail.award.link'), url: origin + paths.status },
    ],
  } satisfies Letter
}
