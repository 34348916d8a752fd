import type { Translate } from '../i18n/messages.ts'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import { waysFor } from './reasons.ts'
import type { ShownRow } from './row-queries.ts'
import { comparedFacts, compareWith, isLikely, type SaidFacts } from './said-facts.ts'
import type { SuggestedCandidate } from './suggestion-queries.ts'

type SuggestionsProps = {
  t: Translate
  row: ShownRow
  said: SaidFacts
  suggested: readonly SuggestedCandidate[]
  mayDecide: boolean
}

/** The row beside each candidate whose it may be: what agrees, and what does not. */
export function Suggestions({ t, row, said, suggested, mayDecide }: SuggestionsProps) {
  if (!waysFor(row).includes('link')) return null
  const isHeld = suggested.some(isHolder)
  return (
    <section class="stack" aria-labelledby="suggestions">
      <h2 id="suggestions">{t('quarantine.suggestions')}</h2>
      <p>{t(suggested.length === 0 ? 'quarantine.suggestions.none' : 'quarantine.suggestions.hint')}</p>
      {suggested.map((candidate) => (
        <Suggestion
          t={t}
          row={row}
          said={said}
          candidate={candidate}
          isOffered={mayDecide && (!isHeld || isHolder(candidate))}
        />
      ))}
    </section>
  )
}

function isHolder({ found }: SuggestedCandidate): boolean {
  return found.split(',').includes('holder')
}

type SuggestionProps = {
  t: Translate
  row: ShownRow
  said: SaidFacts
  candidate: SuggestedCandidate
  isOffered: boolean
}

function Suggestion({ t, row, said, candidate, isOffered }: SuggestionProps) {
  const verdicts = compareWith(said, candidate)
  const onRecord = {
    candidateId: candidate.id,
    familyName: candidate.familyName,
    givenName: candidate.givenName,
    email: candidate.emails?.split('\n').join(', ') ?? '',
    birthOn: candidate.birthOn ?? '',
  }
  const shown = (text: string | null) => (text ? <bdi>{text}</bdi> : t('quarantine.fact.none'))
  return (
    <section class="stack suggestion" aria-labelledby={`suggestion-${candidate.id}`}>
      <h3 id={`suggestion-${candidate.id}`}>
        <a href={paths.staff.candidate(candidate.id)}>
          <bdi>{candidate.fullName}</bdi>
        </a>{' '}
        {candidate.nativeName !== null && <bdi class="soft">{candidate.nativeName}</bdi>}
      </h3>
      <p>
        {foundInWords(t, candidate.found)}. {examsInWords(t, candidate)}
      </p>
      {isLikely(verdicts) && (
        <p>
          <strong>{t('quarantine.suggestions.likely')}</strong>
        </p>
      )}
      <Records
        caption={t('quarantine.suggestions.caption', { name: candidate.fullName })}
        columns={[
          t('quarantine.suggestions.fact'),
          t('quarantine.suggestions.row'),
          t('quarantine.suggestions.record'),
          t('quarantine.suggestions.verdict'),
        ]}
        rows={comparedFacts.map((fact) => [
          t(`quarantine.fact.${fact}`),
          shown(said[fact]),
          shown(onRecord[fact]),
          <span class={verdicts[fact] === 'unsaid' ? 'soft' : ''}>
            {t(`quarantine.suggestions.${verdicts[fact]}`)}
          </span>,
        ])}
      />
      {isOffered && (
        <form method="post" action={paths.staff.quarantinedRow(row.deliveryId, row.line, row.member)}>
          <input type="hidden" name="way" value="link" />
          <input type="hidden" name="candidate" value={candidate.id} />
          <button class="button" type="submit">
            {t('quarantine.link.this', { name: candidate.fullName })}
          </button>
        </form>
      )}
    </section>
  )
}

function foundInWords(t: Translate, found: string): string {
  const words = (['holder', 'id', 'alias', 'email'] as const)
    .filter((one) => found.split(',').includes(one))
    .map((one) => t(`quarantine.suggestions.found.${one}`))
  return `${t('quarantine.suggestions.found')}: ${words.join(', ')}`
}

function examsInWords(t: Translate, { exams, lastExams }: SuggestedCandidate): string {
  return exams === 0
    ? t('quarantine.suggestions.no-exams')
    : t.plural('quarantine.suggestions.exams', exams, { codes: lastExams ?? '' })
}
