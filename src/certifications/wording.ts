import type { Translate } from '../i18n/messages.ts'
import { formatList } from '../layout/lists.ts'
import { findExam } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'

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
