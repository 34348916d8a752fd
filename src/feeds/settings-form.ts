import * as v from 'valibot'
import { requiredLine } from '../core/plain-text.ts'
import { type FormFields, typedText } from '../core/posted-form.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import { FeedSettings } from '../import/feed-settings.ts'
import type { FieldErrors } from '../layout/form.tsx'

export type GradeLine = { text: string; delivery: string; grade: string }

const TEXTS = [
  'name',
  'timeZone',
  'encoding',
  'decimalSign',
  'scoreMeaning',
  'notExamWords',
  'fileName',
  'fileNameZone',
  'unmatchedShare',
  'failingShare',
  'missingFromBulkShare',
  'fewestRows',
  'keptDays',
] as const
const TICKS = ['stripsZeros', 'createsCandidates', 'emptyIsUnusual'] as const
const BRAKES = ['unmatchedShare', 'failingShare', 'missingFromBulkShare', 'fewestRows', 'emptyIsUnusual']

/** The settings of a feed as a form holds them: shares as per cent, words one to a line, blank for what is not set. */
export type SettingValues = Record<(typeof TEXTS)[number], string> &
  Record<(typeof TICKS)[number], boolean> & { dateFormats: string[]; grades: GradeLine[] }

export const feedName = requiredLine(100, 'feeds.name.missing', 'feeds.name.refused')

export function settingValues(name: string, settings: FeedSettings): SettingValues {
  const { brakes } = settings
  return {
    name,
    dateFormats: settings.dateFormats,
    timeZone: settings.timeZone ?? '',
    encoding: settings.encoding,
    decimalSign: settings.decimalSign,
    scoreMeaning: settings.scoreMeaning,
    grades: Object.entries(settings.grades).map(([text, outcome]) => ({ text, ...outcome })),
    notExamWords: settings.notExamWords.join('\n'),
    stripsZeros: settings.stripsZeros,
    createsCandidates: settings.createsCandidates,
    fileName: settings.fileName ?? '',
    fileNameZone: settings.fileNameZone,
    unmatchedShare: perCent(brakes.unmatchedShare),
    failingShare: perCent(brakes.failingShare),
    missingFromBulkShare: perCent(brakes.missingFromBulkShare),
    fewestRows: String(brakes.fewestRows),
    emptyIsUnusual: brakes.emptyIsUnusual,
    keptDays: settings.keptDays === null ? '' : String(settings.keptDays),
  }
}

export function typedSettings(fields: FormFields): SettingValues {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, typedText(fields, name)]))
  const ticks = Object.fromEntries(TICKS.map((name) => [name, typedText(fields, name) === 'on']))
  const [text, delivery, grade] = ['gradeText', 'gradeDelivery', 'grade'].map((name) => list(fields[name]))
  return {
    ...(texts as Record<(typeof TEXTS)[number], string>),
    ...(ticks as Record<(typeof TICKS)[number], boolean>),
    dateFormats: list(fields.dateFormats),
    grades: text!.map((each, row) => ({
      text: each,
      delivery: delivery![row] ?? '',
      grade: grade![row] ?? '',
    })),
  }
}

/** The settings that a form asks for. What it has no field for stays as it is stored, such as the column maps. */
export function readSettings(
  values: SettingValues,
  stored: object,
): Result<{ name: string; settings: FeedSettings }, FieldErrors> {
  const name = v.safeParse(feedName, values.name)
  const settings = v.safeParse(FeedSettings, { ...stored, ...settingsOf(values, stored) })
  const gradeTexts = values.grades.map(({ text }) => text.trim().toLowerCase()).filter((text) => text !== '')
  const errors: Record<string, string[]> = {
    ...(!name.success && { name: [name.issues[0].message] }),
    ...(new Set(gradeTexts).size < gradeTexts.length && { grades: ['feeds.grade-twice'] }),
    ...(!settings.success && settingErrors(settings.issues)),
  }
  return name.success && settings.success && Object.keys(errors).length === 0
    ? ok({ name: name.output, settings: settings.output })
    : refuse(errors)
}

function settingsOf(values: SettingValues, stored: { brakes?: object }): object {
  return {
    dateFormats: [...new Set(values.dateFormats.filter((format) => format !== ''))],
    timeZone: values.timeZone.trim() || null,
    encoding: values.encoding,
    decimalSign: values.decimalSign,
    scoreMeaning: values.scoreMeaning,
    grades: Object.fromEntries(
      values.grades
        .filter(({ text }) => text.trim() !== '')
        .map(({ text, delivery, grade }) => [text, { delivery, grade }]),
    ),
    notExamWords: values.notExamWords.split('\n').filter((word) => word.trim() !== ''),
    stripsZeros: values.stripsZeros,
    createsCandidates: values.createsCandidates,
    fileName: values.fileName.trim() || null,
    fileNameZone: values.fileNameZone.trim(),
    brakes: {
      ...stored.brakes,
      unmatchedShare: shareOf(values.unmatchedShare),
      failingShare: shareOf(values.failingShare),
      missingFromBulkShare: shareOf(values.missingFromBulkShare),
      fewestRows: numberOf(values.fewestRows),
      emptyIsUnusual: values.emptyIsUnusual,
    },
    keptDays: values.keptDays.trim() === '' ? null : numberOf(values.keptDays),
  }
}

/** What is wrong, by the form's fields. A choice that no form of ours offers has no words of its own. */
function settingErrors(issues: readonly v.BaseIssue<unknown>[]): Record<string, string[]> {
  const errors: Record<string, string[]> = {}
  for (const issue of issues) {
    const [first, second] = (v.getDotPath(issue) ?? '').split('.') as [string, string?]
    const field = first === 'brakes' && second && BRAKES.includes(second) ? second : first
    const message = issue.message.startsWith('feeds.') ? issue.message : 'feeds.no-choice'
    errors[field] = [...(errors[field] ?? []), message]
  }
  return errors
}

function perCent(share: number): string {
  return String(Number((share * 100).toPrecision(12)))
}

function shareOf(text: string): number {
  return numberOf(text.replace('%', '')) / 100
}

function numberOf(text: string): number {
  return /^\s*\d+([.,]\d+)?\s*$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
}

function list(value: unknown): string[] {
  return [value ?? []].flat().filter((each) => typeof each === 'string')
}
