import type { Translate } from '../i18n/messages.ts'
import type { SettingValues } from './settings-form.ts'
import { wordFor } from './words.ts'

/** One setting in words. */
export type SettingLine = { name: keyof SettingValues; label: string; text: string }

const PERCENTAGES = ['unmatchedShare', 'failingShare', 'missingFromBulkShare'] as const

/** Every setting of a feed in words, in the order of the form. */
export function settingLines(t: Translate, values: SettingValues): SettingLine[] {
  const yesOrNo = (is: boolean) => t(is ? 'feeds.set.yes' : 'feeds.set.no')
  const orNotSet = (text: string) => text || t('feeds.set.not-set')
  const texts: [keyof SettingValues, string][] = [
    ['dateFormats', values.dateFormats.filter((format) => format !== '').join(', ')],
    ['timeZone', orNotSet(values.timeZone)],
    ['encoding', wordFor(t, 'set.encoding', values.encoding)],
    [
      'decimalSign',
      t(values.decimalSign === ',' ? 'feeds.set.decimalSign.comma' : 'feeds.set.decimalSign.point'),
    ],
    ['scoreMeaning', wordFor(t, 'set.scoreMeaning', values.scoreMeaning)],
    ['grades', gradesInWords(t, values)],
    [
      'notExamWords',
      orNotSet(
        values.notExamWords
          .split(/\s*\n\s*/)
          .filter(Boolean)
          .join(', '),
      ),
    ],
    ['stripsZeros', yesOrNo(values.stripsZeros)],
    ['createsCandidates', yesOrNo(values.createsCandidates)],
    ['fileName', orNotSet(values.fileName)],
    ['fileNameZone', values.fileNameZone],
    ...PERCENTAGES.map((name): [keyof SettingValues, string] => [
      name,
      t('feeds.set.percent', { share: values[name] }),
    ]),
    ['fewestRows', values.fewestRows],
    ['emptyIsUnusual', yesOrNo(values.emptyIsUnusual)],
    ['keptDays', values.keptDays || t('feeds.set.for-ever')],
  ]
  return [
    { name: 'name', label: t('feeds.name'), text: values.name },
    ...texts.map(([name, text]) => ({ name, label: t(`feeds.set.${name}` as 'feeds.set.grades'), text })),
  ]
}

/** The lines in which two forms differ, with the text of the other. */
export function differingLines(t: Translate, ours: SettingValues, theirs: SettingValues) {
  const others = settingLines(t, theirs)
  return settingLines(t, ours)
    .map((line, index) => ({ ...line, other: others[index]!.text }))
    .filter(({ text, other }) => text !== other)
}

function gradesInWords(t: Translate, { grades }: SettingValues): string {
  return grades
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, delivery, grade }) => {
      const meaning = [
        wordFor(t, 'outcome', delivery),
        ...(grade === 'none' ? [] : [wordFor(t, 'grade', grade)]),
      ]
      return `${text.trim().toLowerCase()} = ${meaning.join(', ')}`
    })
    .join('; ')
}
