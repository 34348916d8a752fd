import { courseName } from '../certifications/wording.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { DateWithDistance, Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import { programOn, type Rules } from '../program/versions.ts'
import type { AttendedCourse } from './attendance-history.ts'

type HistoryProps = {
  t: Translate
  rules: Rules
  history: readonly AttendedCourse[]
  today: CalendarDate
}

/** Courses that were sent in, and those that whoever holds them told of. */
export function History({ t, rules, history, today }: HistoryProps) {
  return (
    <section class="stack" aria-labelledby="sent">
      <h2 id="sent">{t('recertification.history')}</h2>
      {history.length === 0 ? (
        <p>{t('recertification.history.empty')}</p>
      ) : (
        <Records
          caption={t('recertification.history.caption')}
          columns={[
            t('recertification.column.course'),
            t('recertification.column.completed'),
            t('recertification.history.column.from'),
            t('requests.column.state'),
          ]}
          rows={history.map(({ course, completedOn, at, sent, told }) => {
            const name = courseName(t, programOn(rules, completedOn), course)
            return [
              sent ? <a href={paths.request(sent.id)}>{name}</a> : name,
              <DateWithDistance t={t} date={completedOn} today={today} />,
              <>
                {t(sent ? 'recertification.history.sent' : 'recertification.history.told')}{' '}
                <div class="soft">
                  <Instant t={t} at={at} />
                </div>
              </>,
              <State t={t} sent={sent} told={told} />,
            ]
          })}
        />
      )}
    </section>
  )
}

function State({ t, sent, told }: { t: Translate } & Pick<AttendedCourse, 'sent' | 'told'>) {
  return (
    <>
      {sent && (sent.isTakenBack ? t('recertification.taken-back.short') : t(`requests.state.${sent.state}`))}
      {!sent && told && t(`recertification.history.told.${told}`)}
      {sent && told && <div class="soft">{t(`recertification.history.also.${told}`)}</div>}
    </>
  )
}
