import type { Translate } from '../i18n/messages.ts'
import { Records } from '../layout/records.tsx'
import type { NamedCell } from './said-facts.ts'

type AsItCameProps = { t: Translate; cells: readonly NamedCell[]; isShown: boolean; isMember: boolean }

export function AsItCame({ t, cells, isShown, isMember }: AsItCameProps) {
  if (isMember) return null
  if (!isShown) return <p>{t('quarantine.row.raw.hidden')}</p>
  const isNamed = cells.some(({ name }) => name !== null)
  return (
    <section class="stack cells" aria-labelledby="raw">
      <h2 id="raw">{t('quarantine.row.raw')}</h2>
      {!isNamed && <p>{t('quarantine.row.raw.no-names')}</p>}
      <dl class="printed">
        {cells.map(({ name, text }, index) => (
          <div>
            <dt>{columnName(t, name, index)}</dt>
            <dd>
              <Cell t={t} text={text} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

export type Sibling = { line: number; cells: readonly NamedCell[] }

type ContradictionsProps = {
  t: Translate
  line: number
  cells: readonly NamedCell[]
  siblings: readonly Sibling[]
}

/** Where rows about the same say different things. */
export function Contradictions({ t, line, cells, siblings }: ContradictionsProps) {
  if (siblings.length === 0) return null
  const textOf = (sibling: Sibling, index: number) => sibling.cells[index]?.text ?? ''
  const differing = cells
    .map((cell, index) => ({ ...cell, index }))
    .filter(({ text, index }) => siblings.some((sibling) => textOf(sibling, index) !== text))
  return (
    <section class="stack" aria-labelledby="contradictions">
      <h2 id="contradictions">{t('quarantine.row.contradictions')}</h2>
      <Records
        caption={t('quarantine.row.contradictions.caption')}
        columns={[
          t('quarantine.row.raw.column'),
          t('quarantine.row.contradictions.this', { line }),
          ...siblings.map((sibling) => t('quarantine.row.contradictions.other', { line: sibling.line })),
        ]}
        rows={differing.map(({ name, text, index }) => [
          columnName(t, name, index),
          <Cell t={t} text={text} />,
          ...siblings.map((sibling) => <Cell t={t} text={textOf(sibling, index)} />),
        ])}
      />
    </section>
  )
}

function columnName(t: Translate, name: string | null, index: number): string {
  return name ?? t('quarantine.row.raw.number', { number: index + 1 })
}

function Cell({ t, text }: { t: Translate; text: string }) {
  return text === '' ? <span class="soft">{t('quarantine.row.raw.blank')}</span> : <bdi>{text}</bdi>
}
