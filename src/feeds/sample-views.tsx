import type { Translate } from '../i18n/messages.ts'
import { mappableColumns } from './column-map.ts'
import type { ReadRow, ReadTable } from './dry-run.ts'
import type { SampleMember } from './open-sample.ts'
import { wordFor } from './words.ts'

const NAMES_SHOWN = 100

type MemberProps = { t: Translate; member: SampleMember; read: ReadTable | undefined }

/** One file of a sample: what it was taken for, and its first rows as they were read. */
export function Member({ t, member, read }: MemberProps) {
  return (
    <section class="stack">
      <h3>
        <bdi>{member.name}</bdi>
      </h3>
      <dl class="printed">
        <Fact name={t('feeds.member.kind')}>{kindInWords(t, member)}</Fact>
        <Fact name={t('feeds.member.bytes')}>{member.bytes.toLocaleString('en')}</Fact>
        {member.is === 'table' && <TableFacts t={t} member={member} />}
        {member.is === 'other' && (
          <Fact name={t('feeds.member.unknown')}>
            <Names t={t} names={member.names} />
          </Fact>
        )}
      </dl>
      {member.is === 'table' && read && read.first.length > 0 && (
        <>
          <h4>{t('feeds.member.rows')}</h4>
          <div>
            {read.first.map((row, index) => (
              <Row t={t} row={row} names={member.names} isOpen={index === 0} />
            ))}
          </div>
        </>
      )}
    </section>
  )
}

function kindInWords(t: Translate, member: SampleMember): string {
  switch (member.is) {
    case 'table':
      return wordFor(t, 'kind', member.table.layout.kind)
    case 'other':
      return member.fault ? t('feeds.member.refused', { why: member.fault }) : t('feeds.member.nothing')
    case 'refused':
      return t('feeds.member.refused', { why: member.fault })
    case 'left-out':
      return t('feeds.member.left-out')
  }
}

function TableFacts({ t, member }: { t: Translate; member: SampleMember & { is: 'table' } }) {
  const { layout, encoding, delimiter } = member.table
  const read = Object.entries(layout.columns)
  const positions = new Set(read.map(([, index]) => index))
  const missing = mappableColumns(layout.kind).all.filter((column) => layout.columns[column] === undefined)
  return (
    <>
      <Fact name={t('feeds.member.encoding')}>{encoding}</Fact>
      <Fact name={t('feeds.member.separator')}>
        {t(delimiter === '\t' ? 'feeds.member.tab' : 'feeds.member.comma')}
      </Fact>
      <Fact name={t('feeds.member.known')}>
        <ul>
          {read.map(([column, index]) => (
            <li>
              <bdi>{member.names[index]}</bdi> → {wordFor(t, 'field', column)}
            </li>
          ))}
        </ul>
      </Fact>
      <Fact name={t('feeds.member.unknown')}>
        <Names t={t} names={member.names.filter((_, index) => !positions.has(index))} />
      </Fact>
      <Fact name={t('feeds.member.missing')}>
        {missing.map((column) => wordFor(t, 'field', column)).join(', ') || t('feeds.member.none')}
      </Fact>
    </>
  )
}

function Names({ t, names }: { t: Translate; names: readonly string[] }) {
  if (names.length === 0) return <>{t('feeds.member.none')}</>
  const more = names.length - NAMES_SHOWN
  return (
    <>
      {names.slice(0, NAMES_SHOWN).map((name, index) => (
        <>
          {index > 0 && ', '}
          <bdi>{name}</bdi>
        </>
      ))}
      {more > 0 && ` ${t('feeds.member.more', { count: more })}`}
    </>
  )
}

type RowProps = { t: Translate; row: ReadRow; names: readonly string[]; isOpen: boolean }

function Row({ t, row, names, isOpen }: RowProps) {
  const fields = Object.entries(row.fields ?? {}).filter(([, value]) => value !== null && value !== '')
  return (
    <details open={isOpen}>
      <summary>
        {t('feeds.row', { line: row.line })}
        {row.fault && <span class="field__error"> {row.fault}</span>}
      </summary>
      <div class="sides">
        <div>
          <h5>{t('feeds.row.as-read')}</h5>
          {row.fields ? (
            <Pairs
              pairs={fields.map(([name, value]) => [wordFor(t, 'field', name), valueInWords(name, value)])}
            />
          ) : (
            <p>{t('feeds.row.unread')}</p>
          )}
        </div>
        <div>
          <h5>{t('feeds.row.raw')}</h5>
          <Pairs pairs={row.cells.map((cell, index) => [names[index] ?? String(index + 1), cell])} />
        </div>
      </div>
    </details>
  )
}

function Pairs({ pairs }: { pairs: readonly (readonly [string, string])[] }) {
  return (
    <dl class="pairs">
      {pairs.slice(0, NAMES_SHOWN).map(([name, value]) => (
        <div>
          <dt>
            <bdi>{name}</bdi>
          </dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** An instant is kept as milliseconds, which nobody reads. */
function valueInWords(name: string, value: unknown): string {
  return name.endsWith('At') && typeof value === 'number' ? new Date(value).toISOString() : String(value)
}

function Fact({ name, children }: { name: string; children: unknown }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
