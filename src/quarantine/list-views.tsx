import type { Translate } from '../i18n/messages.ts'
import { reasonName } from '../import/reason-name.ts'
import { Instant } from '../layout/dates.tsx'
import { DeliveriesMenu } from '../layout/deliveries-menu.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { AgePicture } from './age-picture-views.tsx'
import { inCount } from './count-words.ts'
import { FilterForm } from './filter-views.tsx'
import { type Filter, filterQuery, listPath } from './list-filter.ts'
import type { FeedName, ListedRow, ReasonCount } from './list-queries.ts'
import { namesCandidates } from './reasons.ts'
import { inKind, meaningOf, resolutionOf, rowName } from './wording.ts'

type WaitingListPageProps = {
  chrome: StaffChrome
  filter: Filter
  rows: readonly ListedRow[]
  reasons: readonly ReasonCount[]
  ages: readonly number[]
  feeds: readonly FeedName[]
  /** The address of the page behind this one, if there is one. */
  next: string | null
  /** How many rows somebody has just settled. */
  done: number | null
  now: Date
}

export function WaitingListPage(props: WaitingListPageProps) {
  const { chrome, filter, rows, reasons, ages, feeds, next, done } = props
  const { t } = chrome
  const isFiltered = Object.keys(filterQuery(filter)).length > 0
  const waiting = reasons.filter(({ rows }) => rows > 0)
  return (
    <StaffPage chrome={chrome} title={t('quarantine.title')} section="deliveries">
      <DeliveriesMenu chrome={chrome} room="quarantine" />
      <div class="head">
        <h1>{t('quarantine.title')}</h1>
        <p>{t('quarantine.intro')}</p>
      </div>
      {done !== null && (
        <div class="notice notice--good" role="status">
          <p>
            {t.plural('quarantine.done', done)} {rows.length > 0 && t('quarantine.done.left')}
          </p>
        </div>
      )}
      {waiting.length === 0 && !isFiltered ? (
        <div class="empty">
          <p>{t('quarantine.empty')}</p>
        </div>
      ) : (
        <>
          {!isFiltered && <AgePicture t={t} ages={ages} />}
          {waiting.length > 0 && <Reasons t={t} filter={filter} reasons={waiting} />}
          <FilterForm t={t} filter={filter} feeds={feeds} delivery={rows[0]?.delivery ?? null} />
          <Rows chrome={chrome} filter={filter} rows={rows} />
          {next !== null && (
            <p>
              <a href={next}>{t('quarantine.next')}</a>
            </p>
          )}
        </>
      )}
    </StaffPage>
  )
}

type ReasonsProps = { t: Translate; filter: Filter; reasons: readonly ReasonCount[] }

function Reasons({ t, filter, reasons }: ReasonsProps) {
  return (
    <section class="stack" aria-labelledby="reasons">
      <h2 id="reasons">{t('quarantine.reasons')}</h2>
      <Records
        caption={t('quarantine.reasons.caption')}
        columns={[
          t('quarantine.reasons.column.reason'),
          t('quarantine.reasons.column.rows'),
          t('quarantine.reasons.column.means'),
          t('quarantine.reasons.column.resolves'),
        ]}
        rows={reasons.map(({ reason, rows }) => [
          <a href={listPath({ ...filter, code: null, reason: reason as Filter['reason'] })}>
            {reasonName(t, reason)}
          </a>,
          inCount(t, rows),
          meaningOf(t, reason),
          resolutionOf(t, reason),
        ])}
      />
    </section>
  )
}

type RowsProps = { chrome: StaffChrome; filter: Filter; rows: readonly ListedRow[] }

function Rows({ chrome, filter, rows }: RowsProps) {
  const { t, staff } = chrome
  const mayDecide = staff?.may.includes('quarantine.decide') ?? false
  const seesPeople = staff?.may.includes('candidates.view') ?? false
  if (rows.length === 0)
    return (
      <div class="empty">
        <p>{t('quarantine.empty.filtered')}</p>
      </div>
    )
  return (
    <section class="stack" aria-labelledby="rows">
      <h2 id="rows">{t('quarantine.rows')}</h2>
      <form class="stack ticks" method="post" action={paths.staff.quarantineBulk}>
        {Object.entries(filterQuery(filter)).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Records
          caption={t('quarantine.caption')}
          columns={[
            t('quarantine.column.row'),
            t('quarantine.column.reason'),
            t('quarantine.column.says'),
            t('quarantine.column.since'),
          ]}
          rows={rows.map((row) => [
            <RowName t={t} row={row} isTickable={mayDecide} />,
            reasonName(t, row.reason),
            <Says t={t} row={row} seesPeople={seesPeople} />,
            <Instant t={t} at={new Date(row.quarantinedAt)} />,
          ])}
        />
        {mayDecide && (
          <div class="actions">
            <button class="button" type="submit" name="scope" value="ticked">
              {t('quarantine.bulk.ticked')}
            </button>
            {filter.reason !== null && (
              <button class="button button--quiet" type="submit" name="scope" value="all">
                {t('quarantine.bulk.all')}
              </button>
            )}
          </div>
        )}
      </form>
      <p>
        <a href={exportPath(filter)}>{t('quarantine.export')}</a>
      </p>
    </section>
  )
}

function RowName({ t, row, isTickable }: { t: Translate; row: ListedRow; isTickable: boolean }) {
  const { deliveryId, line, member } = row
  const name = rowName(t, row)
  const link = (
    <a href={paths.staff.quarantinedRow(deliveryId, line, member)}>
      <bdi>{name}</bdi>
    </a>
  )
  if (!isTickable) return link
  return (
    <div class="check">
      <input
        type="checkbox"
        name="row"
        value={`${deliveryId}/${line}/${member}`}
        aria-label={t('quarantine.tick', { row: name })}
      />
      {link}
    </div>
  )
}

function Says({ t, row, seesPeople }: { t: Translate; row: ListedRow; seesPeople: boolean }) {
  const { kind, candidateId, examCode, courseCode, registrationId, reason, message } = row
  const parts = [
    inKind(t, kind),
    ...(registrationId !== null ? [t('quarantine.says.registration', { id: registrationId })] : []),
    ...(candidateId !== null && seesPeople ? [t('quarantine.says.candidate', { id: candidateId })] : []),
    ...(examCode !== null ? [t('quarantine.says.exam', { code: examCode })] : []),
    ...(courseCode !== null ? [t('quarantine.says.course', { code: courseCode })] : []),
  ]
  return (
    <>
      <bdi>{parts.join(', ')}</bdi>
      {(seesPeople || !namesCandidates(reason)) && (
        <div class="soft">
          <bdi>{message}</bdi>
        </div>
      )}
    </>
  )
}

function exportPath(filter: Filter): string {
  return `${paths.staff.quarantineExport}?${new URLSearchParams(filterQuery(filter))}`
}
