import { formatDate } from '../layout/dates.tsx'
import { formatList } from '../layout/lists.ts'
import { paths } from '../paths.ts'
import { findCertification, findExam, seriesCodesOn } from '../program/catalogue.ts'
import type { Course } from '../program/program.ts'
import { examsOf, stillMissing } from '../program/requirement.ts'
import { awardStory } from './award-story.ts'
import type { AwardProps, JudgedAwardProps } from './award-views.tsx'
import { quickestRenewal, type WayToKeep, waysToKeep } from './quickest-renewal.ts'
import { courseName, examName, periodOf, requirementsText } from './wording.ts'

/** What would renew an active award and by when, or what is left to do about one that is not. */
export function WhatKeepsIt({ t, program, today, award }: AwardProps) {
  const { standing, expiresOn, options } = award
  if (standing === 'suspended' || standing === 'revoked') {
    return (
      <p>
        {t(`certifications.${standing}.text`)}{' '}
        <a href={`mailto:${program.settings.support.email}`}>{t('certifications.ask')}</a>
      </p>
    )
  }
  if (award.regained) return <p>{t('certifications.regained')}</p>
  if (standing === 'expired' || standing === 'emeritus')
    return <HowToHoldItAgain {...{ t, program, today, award }} />
  if (expiresOn === null) return null
  const courses = program.courses.filter(({ renews }) => renews.includes(award.certification))
  if (options.length === 0 && courses.length === 0) return <p>{t('certifications.keeps.none')}</p>

  const best = quickestRenewal([award])
  const others = best?.renews.filter((code) => code !== award.certification) ?? []
  return (
    <details open={standing === 'expiring'}>
      <summary>{t('certifications.keeps')}</summary>
      <p>
        {t('certifications.keeps.by', {
          date: formatDate(t, expiresOn),
          period: periodOf(t, program.renewal.months),
        })}{' '}
        {standing === 'expiring' && t('certifications.keeps.retake')}
      </p>
      {best && others.length > 0 && (
        <p>
          {t('certifications.keeps.most', {
            exam: examName(t, program, best),
            others: formatList(t, others),
          })}
        </p>
      )}
      <dl class="ways">
        {waysToKeep(options).map((way) => (
          <Way {...{ t, program, way }} />
        ))}
        <Courses t={t} program={program} courses={courses} />
      </dl>
    </details>
  )
}

function Way({ t, program, way }: Pick<AwardProps, 't' | 'program'> & { way: WayToKeep }) {
  const rule = program.renewal.rules.find(({ id }) => id === way.rule)
  const right =
    way.cascadeFrom === null
      ? (rule?.name ?? way.rule)
      : t('certifications.keeps.with', { certification: way.cascadeFrom })
  const names = way.options.map((option) => examName(t, program, option))
  return (
    <div>
      <dt>{right}</dt>
      <dd>
        <ul>
          {names.map((name) => (
            <li>{name}</li>
          ))}
        </ul>
      </dd>
    </div>
  )
}

/** Courses that renew the certification; a cascade is left to the rules, and shown when one is sent in. */
function Courses({
  t,
  program,
  courses,
}: Pick<AwardProps, 't' | 'program'> & { courses: readonly Course[] }) {
  if (courses.length === 0) return null
  return (
    <div>
      <dt>{program.renewal.course.name}</dt>
      <dd>
        <ul>
          {courses.map(({ code }) => (
            <li>{courseName(t, program, code)}</li>
          ))}
        </ul>
        <a href={paths.recertification}>{t('certifications.keeps.send-in')}</a>
      </dd>
    </div>
  )
}

function HowToHoldItAgain({ t, program, today, award }: AwardProps) {
  const certification = findCertification(program, award.certification)
  const [code] = certification ? examsOf(certification.requires) : []
  const exam = code === undefined ? null : findExam(program, code)
  const seriesCodes = exam ? seriesCodesOn(exam, today) : []
  if (!certification || !exam || seriesCodes.length === 0) return null
  const rest = stillMissing(certification.requires, (demand) => demand.exam === exam.code)
  return (
    <p>
      {t(award.standing === 'emeritus' ? 'certifications.again.emeritus' : 'certifications.again', {
        exam: examName(t, program, { exam: exam.code, seriesCodes }),
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
