import { isCalendarDate } from '../core/calendar-date.ts'
import type { MessageKey, Translate } from '../i18n/messages.ts'
import { formatDate, formatInstant } from '../layout/dates.tsx'
import type { Program } from '../program/program.ts'
import { listKeys, type PersonRecord, type Row, type Value } from './record.ts'

/** The page stands for itself wherever it is saved, so its style is in it; no site's policy covers it there. */
const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #1a1d21; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.25rem; margin-top: 2rem; break-after: avoid; }
table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto; font-size: 0.9rem; }
caption { text-align: start; color: #555; }
th, td { text-align: start; vertical-align: top; padding: 0.35rem 0.8rem 0.35rem 0; border-bottom: 1px solid #ccc; overflow-wrap: anywhere; min-width: 5rem; }
ul { margin: 0; padding: 0; list-style: none; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } table { display: table; } tr { break-inside: avoid; } }`

type DocumentProps = { t: Translate; program: Program; record: PersonRecord }

/** The same facts as in record.json, for reading and printing. Everything in it is escaped, and nothing of it runs. */
export function RecordDocument({ t, program, record }: DocumentProps) {
  const title = t('record.title', { program: program.name })
  return (
    <html lang={t.locale} dir={t.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <h1>{title}</h1>
        <p>
          {t('record.made')} <Shown t={t} name="madeAt" value={record.madeAt} />
        </p>
        <section>
          <h2>{t('record.profile')}</h2>
          <Facts t={t} row={record.profile} />
        </section>
        {listKeys.map((key) => (
          <section>
            <h2>{t(`record.list.${key}`)}</h2>
            {record[key].length === 0 ? (
              <p>{t('record.nothing')}</p>
            ) : (
              <Rows t={t} caption={t(`record.list.${key}`)} rows={record[key]} />
            )}
          </section>
        ))}
      </body>
    </html>
  )
}

function Facts({ t, row }: { t: Translate; row: Row }) {
  return (
    <table>
      <caption>{t('record.profile')}</caption>
      <tbody>
        {Object.entries(row).map(([name, value]) => (
          <tr>
            <th scope="row">{labelOf(t, name)}</th>
            <td dir="auto">
              <Shown t={t} name={name} value={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Rows({ t, caption, rows }: { t: Translate; caption: string; rows: readonly Row[] }) {
  const names = Object.keys(rows[0]!)
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {names.map((name) => (
            <th scope="col">{labelOf(t, name)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {names.map((name) => (
              <td dir="auto">
                <Shown t={t} name={name} value={row[name] ?? null} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A label for each key of record.ts stands in the words; a test says so. */
function labelOf(t: Translate, name: string): string {
  return t(`record.field.${name}` as MessageKey & 'record.field.exam')
}

function Shown({ t, name, value }: { t: Translate; name: string; value: Value }) {
  if (value === null || value === '') return <>—</>
  if (typeof value === 'boolean') return <>{t(value ? 'record.yes' : 'record.no')}</>
  if (typeof value === 'string' && isCalendarDate(value))
    return <time datetime={value}>{formatDate(t, value)}</time>
  if (typeof value === 'string' && /(^a|A)t$|Until$/.test(name) && !Number.isNaN(Date.parse(value)))
    return <time datetime={value}>{formatInstant(t, new Date(value))}</time>
  if (typeof value !== 'object') return <>{String(value)}</>
  const lines = flattened('', value)
  if (lines.length === 0) return <>—</>
  return (
    <ul>
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  )
}

/** Kept JSON as lines of `pass.exam: JN0-106`. */
function flattened(path: string, value: Value): string[] {
  if (typeof value !== 'object' || value === null) return [path === '' ? String(value) : `${path}: ${value}`]
  return Object.entries(value).flatMap(([key, inner]) =>
    flattened(Array.isArray(value) ? path : path === '' ? key : `${path}.${key}`, inner),
  )
}
