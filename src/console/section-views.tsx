import type { Child } from 'hono/jsx'
import type { Translate } from '../i18n/messages.ts'
import { Records } from '../layout/records.tsx'

type RecordSectionProps = {
  t: Translate
  title: string
  columns: readonly string[]
  rows: readonly (readonly Child[])[]
  /** How many of a kind were asked for: as many as that, and there may be more. */
  limit: number
}

/** One kind of what is known, or that there is none. */
export function RecordSection({ t, title, columns, rows, limit }: RecordSectionProps) {
  return (
    <section class="stack">
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p class="soft">{t('common.none')}</p>
      ) : (
        <Records caption={t.plural('console.lines', rows.length)} columns={columns} rows={rows} />
      )}
      {rows.length >= limit && (
        <p>
          <a href="?all">{t('console.show-all')}</a>
        </p>
      )}
    </section>
  )
}
