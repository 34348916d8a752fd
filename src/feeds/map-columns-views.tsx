import type { RowKind } from '../import/row.ts'
import { ErrorSummary, Input } from '../layout/form.tsx'
import { StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { Choice } from './column-map.ts'
import { Members, Outcome } from './dry-run-views.tsx'
import { type MapForm, type MapPageProps, mapTitle } from './map-sample-views.tsx'
import { Columns } from './map-table-views.tsx'
import type { ShownTable } from './mapped-sample.ts'
import type { TriedSample } from './try-sample.ts'

type ColumnsProps = MapPageProps & {
  form: MapForm & { kind: RowKind }
  table: ShownTable
  choice: Choice
  /** What came of trying it. */
  tried?: TriedSample | undefined
  shadowedBy?: string | null
  isOtherName?: boolean
  isLate?: boolean
}

/** The second step, which column is which, and the third, with what came of trying it. */
export function MapColumnsPage(props: ColumnsProps) {
  const {
    chrome,
    feed,
    form,
    table,
    choice,
    errors,
    tried,
    shadowedBy = null,
    isOtherName,
    isLate = false,
  } = props
  const { t } = chrome
  const title = mapTitle(t, feed, form)
  return (
    <StaffPage chrome={chrome} title={title} section="deliveries" failed={errors !== undefined || isLate}>
      <ErrorSummary t={t} errors={errors} />
      {isLate && (
        <div class="notice notice--bad" tabindex={-1} data-focus>
          <p>{t('feeds.map.conflict')}</p>
        </div>
      )}
      <div class="head">
        <h1 dir="auto">{title}</h1>
        <p>{t(tried ? 'feeds.map.tried' : 'feeds.map.columns-what')}</p>
      </div>
      {tried && <Outcome t={t} tried={tried} />}
      {isOtherName && (
        <div class="notice">
          <p>{t('feeds.map.other-name')}</p>
        </div>
      )}
      {shadowedBy !== null && (
        <div class="notice">
          <p>{t('feeds.map.shadowed', { name: shadowedBy })}</p>
        </div>
      )}
      <form class="form form--wide" method="post" action={paths.staff.feedMap(feed.id)}>
        <Carried {...props} />
        <div class="form__row">
          <Input
            {...{ t, errors }}
            name="name"
            label={t('feeds.map.name')}
            hint={t('feeds.map.name-hint')}
            value={form.name}
            maxlength={60}
            dir="auto"
          />
          <Input
            {...{ t, errors }}
            name="files"
            label={t('feeds.map.files')}
            value={form.files}
            maxlength={200}
            dir="auto"
          />
        </div>
        <section class="stack">
          <h2 dir="auto">{t('feeds.map.columns', { file: table.file })}</h2>
          <Columns t={t} kind={form.kind} {...{ table, choice, errors }} />
        </section>
        <p class="actions">
          <button
            class={tried || isLate ? 'button button--quiet' : 'button'}
            type="submit"
            name="step"
            value="trial"
          >
            {t('feeds.map.try')}
          </button>
          {(tried || isLate) && (
            <button class="button" type="submit" name="step" value="save">
              {t('feeds.map.save')}
            </button>
          )}
          <a href={paths.staff.feed(feed.id)}>{t('common.cancel')}</a>
        </p>
      </form>
      {tried && <Members t={t} tried={tried} />}
    </StaffPage>
  )
}

function Carried({ feed, form, table }: ColumnsProps) {
  const carried = {
    version: String(feed.version),
    number: form.number,
    kind: form.kind,
    sample: table.sampleId,
    member: String(table.number),
  }
  return (
    <>
      {Object.entries(carried).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  )
}
