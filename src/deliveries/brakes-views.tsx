import type { Translate } from '../i18n/messages.ts'
import { reasonName } from '../import/reason-name.ts'
import { Records } from '../layout/records.tsx'
import type { Brake } from '../schema.ts'
import type { DeliveryDetail } from './delivery-detail.ts'
import { formatCount } from './shared-views.tsx'

/** Why a run was stopped before anything of it was applied, and what it would have brought. */
export function StoppedRun({ t, detail: { delivery, tables } }: { t: Translate; detail: DeliveryDetail }) {
  const examples = tables.reduce((sum, { examples }) => sum + examples.length, 0)
  return (
    <section class="stack" aria-labelledby="stopped">
      <h2 id="stopped">{t('deliveries.stopped')}</h2>
      <ul class="bullets">
        {(delivery.brakes ?? []).map((brake) => (
          <li>{brakeText(t, brake)}</li>
        ))}
      </ul>
      {tables.length > 0 && (
        <Records
          caption={t('deliveries.stopped.caption')}
          columns={[
            t('deliveries.column.member'),
            t('deliveries.column.rows'),
            t('deliveries.column.failing'),
            t('deliveries.column.unmatched'),
            t('deliveries.column.totals'),
          ]}
          rows={tables.map((table) => [
            <bdi>{table.member}</bdi>,
            formatCount(t, table.read),
            formatCount(t, table.failing),
            formatCount(t, table.unmatched),
            Object.entries(table.totals).map(([name, count]) => (
              <div>
                {plainWord(name)}: {formatCount(t, count)}
              </div>
            )),
          ])}
        />
      )}
      {examples > 0 && (
        <details>
          <summary>{t.plural('deliveries.stopped.examples', examples)}</summary>
          <ul class="bullets">
            {tables.map((table) => (
              <Examples t={t} table={table} isOnly={tables.length === 1} />
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

type Table = DeliveryDetail['tables'][number]

/** Lines by what is wrong with them, and of which part they are where there are several. */
function Examples({ t, table, isOnly }: { t: Translate; table: Table; isOnly: boolean }) {
  const byReason = Map.groupBy(table.examples, ({ reason }) => reason)
  return (
    <>
      {[...byReason].map(([code, examples]) => {
        const said = { reason: reasonName(t, code), lines: examples.map(({ line }) => line).join(', ') }
        return isOnly ? (
          <li>{t('deliveries.stopped.lines', said)}</li>
        ) : (
          <li>
            {t('deliveries.stopped.lines-of', said)} <bdi>{table.member}</bdi>
          </li>
        )
      })}
    </>
  )
}

function brakeText(t: Translate, { kind, detail }: Brake): string {
  const count = (name: string) => formatCount(t, Number(detail[name] ?? 0))
  const allowed = new Intl.NumberFormat(t.locale, { style: 'percent' }).format(Number(detail.allowed ?? 0))
  if (kind === 'empty') return t('deliveries.brake.empty', { usual: count('usual') })
  if (kind === 'failing')
    return t('deliveries.brake.failing', { failing: count('failing'), rows: count('rows'), allowed })
  if (kind === 'unmatched')
    return t('deliveries.brake.unmatched', { unmatched: count('unmatched'), rows: count('rows'), allowed })
  const facts = Object.entries(detail).map(([name, value]) => `${plainWord(name)} ${value}`)
  const why = t(`deliveries.brake.${kind}`)
  return facts.length === 0 ? why : t('deliveries.brake.with-facts', { why, facts: facts.join(', ') })
}

/** Codes of totals and outcomes are words that stand together. */
export function plainWord(code: string): string {
  return code.replaceAll('_', ' ')
}
