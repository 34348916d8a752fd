import type { CalendarDate } from '../core/calendar-date.ts'
import { formatDate } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { paths } from '../paths.ts'
import { findCertification, findExam, seriesCodesOn } from '../program/catalogue.ts'
import { examsOf, stillMissing } from '../program/requirement.ts'
import { awardStory } from './award-story.ts'
import type { AwardProps, JudgedAwardProps, KeptAwardProps } from './award-views.tsx'
import { isActive } from './certification-status.ts'
import { canBeKept } from './kept-awards.ts'
import { quickestRenewal } from './quickest-renewal.ts'
import { lastDayFor, optionsFor, type RenewalOption, type WayToKeep, waysToKeep } from './ways-to-keep.ts'
import { examName, optionName, periodOf, requirementsText } from './wording.ts'

/** What would renew an award that is active or in grace and by when, or what is left to do about one that is not. */
export function WhatKeepsIt({ t, program, today, award, keepings }: KeptAwardProps) {
  const { certification, standing, expiresOn, graceUntil } = award
  if (standing === 'suspended' || standing === 'revoked') {
    return (
      <p>
        {t(`certifications.${standing}.text`)}{' '}
        <a href={`mailto:${program.settings.support.email}`}>{t('certifications.ask')}</a>
      </p>
    )
  }
  if (award.regained) return <p>{t('certifications.regained')}</p>
  const options = canBeKept(award) ? optionsFor(keepings, certification) : []
  const last = lastDayFor(options)
  if (!isActive(award) && last === null) return <HowToHoldItAgain {...{ t, program, today, award }} />
  if (expiresOn === null) return null
  if (last === null) return <p>{t('certifications.keeps.none')}</p>

  const best = quickestRenewal(keepings, [certification])
  const others = best?.renews.filter((code) => code !== certification) ?? []
  const facts = { date: formatDate(t, last), period: periodOf(t, program.renewal.months) }
  return (
    <details open={standing === 'expiring' || graceUntil !== null}>
      <summary>{t(graceUntil === null ? 'certifications.keeps' : 'certifications.renews')}</summary>
      <p>
        {t(graceUntil === null ? 'certifications.keeps.by' : 'certifications.renews.by', facts)}{' '}
        {standing === 'expiring' && t('certifications.keeps.retake')}
      </p>
      {best && others.length > 0 && (
        <p>
          {t('certifications.keeps.most', {
            exam: examName(t, program, best),
            date: formatDate(t, best.by),
            others: formatList(t, others),
          })}
        </p>
      )}
      <dl class="ways">
        {waysToKeep(options.filter((option) => 'exam' in option)).map((way) => (
          <Way {...{ t, program, today, way, last }} />
        ))}
        <Courses {...{ t, program, today, last, options }} />
      </dl>
    </details>
  )
}

type WayProps = Pick<AwardProps, 't' | 'program' | 'today'> & { last: CalendarDate }

function Way({ t, program, today, way, last }: WayProps & { way: WayToKeep }) {
  const rule = program.renewal.rules.find(({ id }) => id === way.rule)
  const right =
    way.cascadeFrom === null
      ? (rule?.name ?? way.rule)
      : t('certifications.keeps.with', { certification: way.cascadeFrom })
  return (
    <div>
      <dt>{right}</dt>
      <dd>
        <ul>
          {way.options.map((option) => (
            <li>
              {optionName(t, program, option)} <OnlyThen {...{ t, program, today, last, option }} />
            </li>
          ))}
        </ul>
      </dd>
    </div>
  )
}

/** The days of an option, where it is not open from today on, or not for as long as another is. */
function OnlyThen({ t, today, last, option: { from, by } }: WayProps & { option: RenewalOption }) {
  const parts = [
    ...(from > today ? [t('certifications.keeps.from', { date: formatDate(t, from) })] : []),
    ...(by < last ? [t('certifications.keeps.until', { date: formatDate(t, by) })] : []),
  ]
  return parts.length > 0 && <span class="soft">({parts.join(', ')})</span>
}

/** Courses that renew the certification, by themselves or along with another. */
function Courses({ t, program, today, last, options }: WayProps & { options: readonly RenewalOption[] }) {
  const courses = options.filter((option) => 'course' in option)
  if (courses.length === 0) return null
  return (
    <div>
      <dt>{program.renewal.course.name}</dt>
      <dd>
        <ul>
          {courses.map((option) => (
            <li>
              {optionName(t, program, option)} <OnlyThen {...{ t, program, today, last, option }} />
            </li>
          ))}
        </ul>
        <a href={paths.recertification}>{t('certifications.keeps.send-in')}</a>
      </dd>
    </div>
  )
}

/** How to earn it anew: by the first of its exams that can be booked. */
function HowToHoldItAgain({ t, program, today, award }: AwardProps) {
  const certification = findCertification(program, award.certification)
  const exam = examsOf(certification?.requires ?? {})
    .flatMap((code) => findExam(program, code) ?? [])
    .find((one) => seriesCodesOn(one, today).length > 0)
  if (!certification || !exam) return null
  const rest = stillMissing(certification.requires, (demand) => demand.exam === exam.code)
  return (
    <p>
      {t(award.standing === 'emeritus' ? 'certifications.again.emeritus' : 'certifications.again', {
        exam: examName(t, program, { exam: exam.code, seriesCodes: seriesCodesOn(exam, today) }),
      })}{' '}
      {rest.length > 0 &&
        t('certifications.again.needs', { certifications: requirementsText(t, program, rest, today) })}
    </p>
  )
}

/** Why the award is as it is: what earned it, what has renewed it since, and what the program did to it. */
export function AwardStory({ t, rules, today, award }: JudgedAwardProps) {
  const story = awardStory(t, rules, award, today)
  if (story.length === 0) return null
  const { standing } = award
  return (
    <details open={standing === 'suspended' || standing === 'revoked'}>
      <summary>{t('certifications.why')}</summary>
      <ul>
        {story.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
    </details>
  )
}
