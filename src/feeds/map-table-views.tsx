import type { Translate } from '../i18n/messages.ts'
import { isFindable } from '../import/columns.ts'
import type { RowKind } from '../import/row.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { Records } from '../layout/records.tsx'
import { type Choice, mappableColumns } from './column-map.ts'
import type { ShownTable } from './mapped-sample.ts'
import { wordFor } from './words.ts'

type ColumnsProps = {
  t: Translate
  kind: RowKind
  table: ShownTable
  choice: Choice
  errors: FieldErrors | undefined
}

/** Every column of a sample, with its first values and what it is. */
export function Columns({ t, kind, table, choice, errors }: ColumnsProps) {
  const { all, required } = mappableColumns(kind)
  const wrong = errors?.columns?.[0]
  return (
    <div id="columns" class={wrong ? 'stack field--invalid' : 'stack'}>
      {wrong && <p class="field__error">{t(wrong as 'feeds.map.twice')}</p>}
      <Records
        caption={t('feeds.map.table')}
        columns={[t('feeds.map.column'), t('feeds.map.values'), t('feeds.map.is')]}
        rows={table.names.map((theirs, index) => {
          const shown = theirs.trim() || t('feeds.map.unnamed', { number: index + 1 })
          return [
            <bdi>{shown}</bdi>,
            <FirstValues values={table.values.map((row) => row[index] ?? '')} />,
            isFindable(theirs) ? (
              <div class="field">
                <select name={`column-${index}`} aria-label={`${t('feeds.map.is')}: ${shown}`}>
                  <option value="">{t('feeds.map.not-read')}</option>
                  {all.map((column) => (
                    <option value={column} selected={choice[index] === column}>
                      {wordFor(t, 'field', column)}
                      {required.includes(column) && ' *'}
                    </option>
                  ))}
                </select>
              </div>
            ) : (
              t('feeds.map.no-name')
            ),
          ]
        })}
      />
    </div>
  )
}

function FirstValues({ values }: { values: readonly string[] }) {
  return (
    <ul class="soft">
      {values
        .filter((value) => value.trim() !== '')
        .map((value) => (
          <li>
            <bdi>{value}</bdi>
          </li>
        ))}
    </ul>
  )
}
