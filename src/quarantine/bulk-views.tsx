import type { Translate } from '../i18n/messages.ts'
import { reasonName } from '../import/reason-name.ts'
import { DeliveriesMenu } from '../layout/deliveries-menu.tsx'
import { ErrorSummary, type FieldErrors } from '../layout/form.tsx'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { SelectedRows, Selection } from './bulk.ts'
import { filterQuery, listPath } from './list-filter.ts'
import { COUNT_LIMIT, type Way } from './reasons.ts'
import { ExamSelect, NoteField, SubmitButton } from './settle-form-views.tsx'

type BulkPageProps = {
  chrome: StaffChrome
  selection: Selection
  selected: SelectedRows
  typedNote: string
  errors?: FieldErrors
}

/** What would happen to how many rows; each form on it has it happen. */
export function BulkPage({ chrome, selection, selected, typedNote, errors }: BulkPageProps) {
  const { t } = chrome
  const { rows, total, ways } = selected
  const title = t('quarantine.bulk.title')
  const back = 'filter' in selection ? listPath(selection.filter) : paths.staff.quarantine
  return (
    <StaffPage chrome={chrome} title={title} section="deliveries" failed={errors !== undefined}>
      <DeliveriesMenu chrome={chrome} room="quarantine" />
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{rows.length === 0 ? t('quarantine.bulk.none') : selectedInWords(t, total)}</p>
      </div>
      {rows.length > 0 && <ByReason t={t} selected={selected} />}
      {total > rows.length && <p>{t.plural('quarantine.bulk.limit', rows.length)}</p>}
      {rows.length > 0 && ways.length === 0 && <p>{t('quarantine.bulk.each')}</p>}
      {ways.map((way) => (
        <WaySection {...{ chrome, way, selection, selected, typedNote, errors }} />
      ))}
      <p>
        <a href={back}>{t('quarantine.bulk.back')}</a>
      </p>
    </StaffPage>
  )
}

function selectedInWords(t: Translate, total: number): string {
  return total > COUNT_LIMIT
    ? t('quarantine.bulk.selected.many', { count: new Intl.NumberFormat(t.locale).format(COUNT_LIMIT) })
    : t.plural('quarantine.bulk.selected', total)
}

function ByReason({ t, selected: { rows } }: { t: Translate; selected: SelectedRows }) {
  const byReason = Map.groupBy(rows, ({ reason }) => reason)
  return (
    <Records
      caption={t('quarantine.bulk.caption')}
      columns={[t('quarantine.reasons.column.reason'), t('quarantine.reasons.column.rows')]}
      rows={[...byReason].map(([reason, some]) => [
        reasonName(t, reason),
        new Intl.NumberFormat(t.locale).format(some.length),
      ])}
    />
  )
}

type WaySectionProps = Omit<BulkPageProps, 'errors'> & { way: Way; errors: FieldErrors | undefined }

function WaySection({ chrome, way, selection, selected, typedNote, errors }: WaySectionProps) {
  const { t, program } = chrome
  return (
    <section class="stack" aria-labelledby={`way-${way}`}>
      <h2 id={`way-${way}`}>{t(`quarantine.${way}`)}</h2>
      <p>{followsOf(t, way, selected)}</p>
      <form class="form" method="post" action={paths.staff.quarantineBulk} novalidate>
        <input type="hidden" name="way" value={way} />
        <SelectionFields selection={selection} />
        {way === 'map' && <ExamSelect t={t} program={program} errors={errors} />}
        {way === 'dismiss' && <NoteField t={t} value={typedNote} errors={errors} />}
        <SubmitButton isDanger={way === 'dismiss'}>
          {t(way === 'map' || way === 'link' ? 'quarantine.map.submit' : `quarantine.bulk.${way}.submit`)}
        </SubmitButton>
      </form>
    </section>
  )
}

function followsOf(t: Translate, way: Way, { rows }: SelectedRows): string {
  const [first] = rows
  if (way === 'map' || way === 'link')
    return t('quarantine.map.follows', { feed: first?.feed ?? '', code: first?.examCode ?? '' })
  return t.plural(`quarantine.bulk.${way}.follows`, rows.length)
}

function SelectionFields({ selection }: { selection: Selection }) {
  if ('filter' in selection)
    return (
      <>
        <input type="hidden" name="scope" value="all" />
        {Object.entries(filterQuery(selection.filter)).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
      </>
    )
  return (
    <>
      {selection.rows.map(({ deliveryId, line, member }) => (
        <input type="hidden" name="row" value={`${deliveryId}/${line}/${member}`} />
      ))}
    </>
  )
}
