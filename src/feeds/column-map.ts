import * as v from 'valibot'
import { type FormFields, typedText } from '../core/posted-form.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import { columnNames, isFindable, knownColumns, matchesFileName } from '../import/columns.ts'
import { type ColumnMap, FeedSettings } from '../import/feed-settings.ts'
import { type RowKind, rowKinds, type TableKind } from '../import/row.ts'
import type { FieldErrors } from '../layout/form.tsx'

/** More columns than a page can show; no export that is about results has them. */
export const MOST_COLUMNS = 200
/** Each `*` multiplies the ways in which a name can fail to match. */
const MOST_STARS = 5

/** What each column of a sample is, by our names; '' for one that is not read. */
export type Choice = readonly string[]

export const KindField = v.picklist(rowKinds, 'feeds.map.kind.missing')

/** The columns that a table of a kind may have, and which of them it must. What only our own files have is not mapped. */
export function mappableColumns(kind: TableKind): { all: readonly string[]; required: readonly string[] } {
  const { all, required } = columnNames(kind)
  return { all: all.filter((column) => column !== 'event'), required }
}

/** A pattern for files that are named like this one: what counts or dates it may be anything. */
export function patternFor(fileName: string): string {
  const base = fileName.slice(fileName.lastIndexOf('/') + 1)
  const parts = base.replace(/\d+(?:[-_.T:]\d+)*/g, '*').split('*')
  return (parts.length <= MOST_STARS ? parts : [...parts.slice(0, MOST_STARS), parts.at(-1)!]).join('*')
}

export function tooManyStars(pattern: string): boolean {
  return pattern.split('*').length - 1 > MOST_STARS
}

/** Columns whose names are known, or were mapped before, are chosen already. */
export function guessedChoice(kind: RowKind, names: readonly string[], before: ColumnMap | null): Choice {
  const known = before?.kind === kind ? positionsOf(before, names) : knownColumns(kind, names)
  const choice = names.map(() => '')
  const { all } = mappableColumns(kind)
  for (const [column, index] of Object.entries(known)) if (all.includes(column)) choice[index] ||= column
  return choice
}

/** What was chosen, read again for a header that was read again: names of columns never come from the form. */
export function typedChoice(fields: FormFields, names: readonly string[]): Choice {
  return names.map((_, index) => typedText(fields, `column-${index}`))
}

/** The map that a form asks for, or what is wrong with it. */
export function readMap(
  { name, files, kind }: { name: string; files: string; kind: RowKind },
  names: readonly string[],
  choice: Choice,
): Result<ColumnMap, FieldErrors> {
  const { all, required } = mappableColumns(kind)
  const chosen = choice.flatMap((column, index) => (column === '' ? [] : [[column, names[index]!] as const]))
  const columns = chosen.map(([column]) => column)
  const errors: Record<string, string[]> = {}
  const refused = (field: string, message: string) => {
    errors[field] = [...(errors[field] ?? []), message]
  }
  if (columns.some((column) => !all.includes(column))) refused('columns', 'feeds.no-choice')
  if (new Set(columns).size < columns.length) refused('columns', 'feeds.map.twice')
  if (required.some((column) => !columns.includes(column))) refused('columns', 'feeds.map.required')
  if (chosen.some(([, theirs]) => !isFindable(theirs))) refused('columns', 'feeds.map.nameless')
  if (tooManyStars(files)) refused('files', 'feeds.map.stars')

  const map = { name, files: files.replace(/\*+/g, '*'), kind, columns: Object.fromEntries(chosen) }
  const read = v.safeParse(FeedSettings, { maps: [map] })
  for (const issue of read.success ? [] : read.issues) {
    const [, , field = 'columns'] = (v.getDotPath(issue) ?? '').split('.')
    refused(field, issue.message.startsWith('feeds.') ? issue.message : 'feeds.no-choice')
  }
  return read.success && Object.keys(errors).length === 0 ? ok(read.output.maps[0]!) : refuse(errors)
}

/** The first map whose pattern the name fits; that one counts. */
export function mapFor(maps: readonly ColumnMap[], fileName: string): ColumnMap | null {
  return maps.find(({ files }) => matchesFileName(files, fileName)) ?? null
}

/** The maps with this one in the place of number `at`, or behind all others. */
export function withMap(maps: readonly ColumnMap[], map: ColumnMap, at: number | null): ColumnMap[] {
  return at === null || !maps[at] ? [...maps, map] : maps.with(at, map)
}

export function movedUp(maps: readonly ColumnMap[], at: number): ColumnMap[] {
  const map = maps[at]
  return at === 0 || !map ? [...maps] : maps.toSpliced(at, 1).toSpliced(at - 1, 0, map)
}

function positionsOf({ columns }: ColumnMap, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([column, theirs]) => {
      const index = names.indexOf(theirs)
      return index === -1 ? [] : [[column, index]]
    }),
  )
}
