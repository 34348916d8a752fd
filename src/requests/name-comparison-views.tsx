import type { Translate } from '../i18n/messages.ts'
import { Records } from '../layout/records.tsx'
import type { RecordName } from './name.ts'
import { type MarkedWord, markedWords } from './name-difference.ts'

const PARTS = ['fullName', 'givenName', 'familyName', 'nativeName'] as const

type NameComparisonProps = { t: Translate; isOpen: boolean; from: RecordName; to: RecordName }

/** Two names side by side, part by part. What differs is marked, and said. */
export function NameComparison({ t, isOpen, from, to }: NameComparisonProps) {
  return (
    <Records
      caption={t(isOpen ? 'requests.compare.caption' : 'requests.compare.caption.over')}
      columns={[
        t('requests.compare.part'),
        t(isOpen ? 'requests.compare.from' : 'requests.compare.before'),
        t('requests.compare.to'),
        t('requests.compare.difference'),
      ]}
      rows={PARTS.map((part) => {
        const [before, after] = [from[part] ?? '', to[part] ?? '']
        return [
          t(`requests.compare.${part}`),
          <Words t={t} words={markedWords(before, after)} />,
          <Words t={t} words={markedWords(after, before)} />,
          t(before === after ? 'requests.compare.same' : 'requests.compare.changed'),
        ]
      })}
    />
  )
}

function Words({ t, words }: { t: Translate; words: readonly MarkedWord[] }) {
  if (words.length === 0) return <>{t('common.none')}</>
  return (
    <bdi>
      {words.map(({ word, differs }, index) => (
        <>
          {index > 0 && ' '}
          {differs ? <mark>{word}</mark> : word}
        </>
      ))}
    </bdi>
  )
}
