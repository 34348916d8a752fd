import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import { actedRows, type BulkEffect, leftOutReasons } from './bulk-effect.ts'
import { FactsOf } from './effect-views.tsx'

type BulkEffectProps = { t: Translate; effect: BulkEffect; today: CalendarDate }

/** What changes, award by award; what is left out and why; and what changes beside them. */
export function BulkEffectList({ t, effect, today }: BulkEffectProps) {
  const { rows, others } = effect
  const acted = actedRows(effect)
  const columns = [
    t('console.column.certification'),
    t('acts.candidate'),
    t('acts.effect.before'),
    t('acts.effect.after'),
  ]
  return (
    <>
      <section class="stack">
        <h2>{t('acts.bulk.effect')}</h2>
        {acted.length === 0 ? (
          <p>{t('acts.bulk.effect.none')}</p>
        ) : (
          <Records
            caption={t.plural('acts.effect.caption', acted.length)}
            columns={columns}
            rows={acted.map(({ award, candidate, before, after }) => [
              <Award id={award.id} certification={award.certification} number={award.number} />,
              <Candidate id={candidate.id} />,
              <FactsOf t={t} facts={before} today={today} />,
              <FactsOf t={t} facts={after} today={today} />,
            ])}
          />
        )}
      </section>
      {acted.length < rows.length && <LeftOut t={t} effect={effect} today={today} />}
      {others.length > 0 && (
        <section class="stack">
          <h2>{t('acts.bulk.others')}</h2>
          <Records
            caption={t.plural('acts.effect.caption', others.length)}
            columns={columns}
            rows={others.map(({ certification, number, candidateId, before, after }) => [
              <>
                {certification}
                {number && <div class="soft number">{number}</div>}
              </>,
              <Candidate id={candidateId} />,
              before ? <FactsOf t={t} facts={before} today={today} /> : t('acts.effect.not-held'),
              <FactsOf t={t} facts={after} today={today} />,
            ])}
          />
        </section>
      )}
    </>
  )
}

function LeftOut({ t, effect: { rows }, today }: BulkEffectProps) {
  const left = leftOutReasons.flatMap((reason) => rows.filter(({ leftOut }) => leftOut === reason))
  return (
    <section class="stack">
      <h2>{t('acts.bulk.left-out')}</h2>
      <Records
        caption={t.plural('acts.bulk.left-out.caption', left.length)}
        columns={[
          t('console.column.certification'),
          t('acts.candidate'),
          t('acts.effect.before'),
          t('acts.bulk.line.why'),
        ]}
        rows={left.map(({ award, candidate, before, leftOut }) => [
          <Award id={award.id} certification={award.certification} number={award.number} />,
          <Candidate id={candidate.id} />,
          <FactsOf t={t} facts={before} today={today} />,
          leftOut && t(`acts.bulk.left-out.${leftOut}`),
        ])}
      />
    </section>
  )
}

function Award({ id, certification, number }: { id: number; certification: string; number: string }) {
  return (
    <>
      <a href={paths.staff.award(id)}>{certification}</a>
      <div class="soft number">{number}</div>
    </>
  )
}

function Candidate({ id }: { id: string }) {
  return <a href={paths.staff.candidate(id)}>{id}</a>
}
