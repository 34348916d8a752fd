import type { Translate } from '../i18n/messages.ts'
import { formatDate } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { findCourse, findExam } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import type { AwardHistory } from './award-history.ts'

/** An exam as people know it: its series code, then its title. */
export function examName(
  t: Translate,
  program: Program,
  { exam, seriesCodes }: { exam: string; seriesCodes: readonly string[] },
): string {
  const code = formatList(t, seriesCodes, 'disjunction')
  const title = findExam(program, exam)?.title
  return title ? t('certifications.exam', { code, title }) : code
}

/** A course as people know it: its code, and its name where it has one. */
export function courseName(t: Translate, program: Program, course: string): string {
  const name = findCourse(program, course)?.name
  return name ? t('certifications.course', { code: course, name }) : course
}

/** By what an award was renewed, and when: one sentence. */
export function renewalText(
  t: Translate,
  program: Program,
  renewal: AwardHistory['renewals'][number],
): string {
  const { pass, completion, cascadeFrom, renewedOn, previousExpiresOn, expiresOn } = renewal
  const dates = {
    date: formatDate(t, renewedOn),
    before: formatDate(t, previousExpiresOn),
    after: formatDate(t, expiresOn),
  }
  if (pass) {
    const facts = {
      ...dates,
      exam: examName(t, program, { exam: pass.exam, seriesCodes: [pass.seriesCode] }),
    }
    return cascadeFrom
      ? t('certifications.why.renewed.with', { ...facts, certification: cascadeFrom })
      : t('certifications.why.renewed', facts)
  }
  if (completion) {
    const facts = { ...dates, course: courseName(t, program, completion.course) }
    return cascadeFrom
      ? t('certifications.why.renewed.course.with', { ...facts, certification: cascadeFrom })
      : t('certifications.why.renewed.course', facts)
  }
  return t('certifications.why.renewed.on', dates)
}

/** Groups of which one certification each is needed: `A and B or C`. */
export function neededCertifications(t: Translate, groups: readonly (readonly string[])[]): string {
  return formatList(
    t,
    groups.map((group) => formatList(t, group, 'disjunction')),
  )
}

/** So many months as people say it: `3 years`, `18 months`. */
export function periodOf(t: Translate, months: number): string {
  const unit = months % 12 === 0 ? 'year' : 'month'
  return new Intl.NumberFormat(t.locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
    unit === 'year' ? months / 12 : months,
  )
}
