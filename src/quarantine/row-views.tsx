import type { Child } from 'hono/jsx'
import type { Translate } from '../i18n/messages.ts'
import { reasonName } from '../import/reason-name.ts'
import { Instant } from '../layout/dates.tsx'
import { DeliveriesMenu } from '../layout/deliveries-menu.tsx'
import { ErrorSummary, type FieldErrors } from '../layout/form.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { AsItCame, Contradictions, type Sibling } from './cell-views.tsx'
import { namesCandidates } from './reasons.ts'
import type { ShownRow } from './row-queries.ts'
import { type NamedCell, saidFacts } from './said-facts.ts'
import { SettleForms } from './settle-form-views.tsx'
import type { SuggestedCandidate } from './suggestion-queries.ts'
import { Suggestions } from './suggestion-views.tsx'
import { inKind, meaningOf, rowName } from './wording.ts'

/** What became of what somebody just decided. */
export type RowPageNotice = { kind: 'settled'; also: number } | { kind: 'waits' } | { kind: 'late' } | null

type RowPageProps = {
  chrome: StaffChrome
  row: ShownRow
  cells: readonly NamedCell[]
  suggested: readonly SuggestedCandidate[]
  /** Other rows of the same file about the same. */
  siblings: readonly Sibling[]
  /** How many other rows wait for the same. */
  others: number
  notice: RowPageNotice
  typed: { candidate: string; note: string }
  errors?: FieldErrors
}

export function RowPage(props: RowPageProps) {
  const { chrome, row, cells, siblings, suggested, others, notice, typed, errors } = props
  const { t, staff } = chrome
  const may = staff?.may ?? []
  const waits = row.resolvedAt === null
  const seesPeople = may.includes('candidates.view')
  const title = t(waits ? 'quarantine.row.title' : 'quarantine.row.settled-title')
  const fields = row.fields === null ? null : (JSON.parse(row.fields) as Record<string, unknown>)
  return (
    <StaffPage chrome={chrome} title={title} section="deliveries" failed={errors !== undefined}>
      <DeliveriesMenu chrome={chrome} room="quarantine" />
      <ErrorSummary t={t} errors={errors} />
      <Notice t={t} notice={notice} />
      <div class="head">
        <h1>{reasonName(t, row.reason)}</h1>
        <p>{meaningOf(t, row.reason)}</p>
      </div>
      <Facts t={t} row={row} may={may} seesPeople={seesPeople} />
      {waits && fields !== null && seesPeople && (
        <Suggestions
          t={t}
          row={row}
          said={saidFacts(fields, cells)}
          suggested={suggested}
          mayDecide={may.includes('quarantine.decide')}
        />
      )}
      {seesPeople && <Contradictions t={t} line={row.line} cells={cells} siblings={siblings} />}
      <AsItCame t={t} cells={cells} isShown={seesPeople} isMember={row.kind === 'member'} />
      {waits &&
        (may.includes('quarantine.decide') ? (
          <SettleForms chrome={chrome} row={row} others={others} typed={typed} errors={errors} />
        ) : (
          <p>{t('quarantine.row.for-reviewers')}</p>
        ))}
      <p>
        <a href={paths.staff.quarantine}>{t('quarantine.row.all')}</a>
      </p>
    </StaffPage>
  )
}

function Notice({ t, notice }: { t: Translate; notice: RowPageNotice }) {
  if (notice === null) return null
  return (
    <div class={notice.kind === 'settled' ? 'notice notice--good' : 'notice notice--bad'} role="status">
      <p>
        {t(`quarantine.notice.${notice.kind}`)}{' '}
        {notice.kind === 'settled' && notice.also > 0 && t.plural('quarantine.notice.also', notice.also)}
      </p>
    </div>
  )
}

type FactsProps = { t: Translate; row: ShownRow; may: readonly string[]; seesPeople: boolean }

function Facts({ t, row, may, seesPeople }: FactsProps) {
  const facts: [string, Child][] = [
    [
      t('quarantine.row.delivery'),
      <a href={paths.staff.delivery(row.deliveryId)}>
        <bdi>{rowName(t, row)}</bdi>
      </a>,
    ],
    [
      t('quarantine.row.feed'),
      may.includes('feeds.view') ? (
        <a href={paths.staff.feed(row.feed)}>{row.feedName ?? row.feed}</a>
      ) : (
        (row.feedName ?? row.feed)
      ),
    ],
    [t('quarantine.row.kind'), inKind(t, row.kind)],
    ...(seesPeople || !namesCandidates(row.reason)
      ? [[t('quarantine.row.says'), <bdi>{row.message}</bdi>] as [string, Child]]
      : []),
    [t('quarantine.row.since'), <Instant t={t} at={new Date(row.quarantinedAt)} />],
    ...(row.resolvedAt === null
      ? []
      : [
          [t('quarantine.row.settled'), <Settlement t={t} row={row} at={row.resolvedAt} />] as [
            string,
            Child,
          ],
        ]),
    ...(row.settlementNote === null
      ? []
      : [[t('quarantine.row.note'), <bdi>{row.settlementNote}</bdi>] as [string, Child]]),
  ]
  return (
    <dl class="printed">
      {facts.map(([name, fact]) => (
        <div>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  )
}

function Settlement({ t, row, at }: { t: Translate; row: ShownRow; at: number }) {
  const who =
    row.settledBy === null ? t('quarantine.row.by-itself') : t('quarantine.row.by', { name: row.settledBy })
  return (
    <>
      {t(`quarantine.row.settled.${row.settlement ?? 'unknown'}`)}, {who}, <Instant t={t} at={new Date(at)} />
    </>
  )
}
