import * as v from 'valibot'
import { deliveryOutcomes, grades } from '../schema.ts'
import { dateFormats } from './cells.ts'
import { rowKinds } from './row.ts'

const Share = v.pipe(v.number('feeds.share'), v.minValue(0, 'feeds.share'), v.maxValue(1, 'feeds.share'))
const Word = v.pipe(v.string(), v.trim(), v.minLength(1, 'feeds.blank'), v.maxLength(200, 'feeds.long'))

/** Days for which a delivery's bytes are kept: ten years at most; null is for ever. */
const KeptDays = v.nullable(
  v.pipe(
    v.number('feeds.days'),
    v.integer('feeds.days'),
    v.minValue(1, 'feeds.days'),
    v.maxValue(3660, 'feeds.days'),
  ),
)

const GradeMap = v.record(
  v.pipe(v.string(), v.trim(), v.toLowerCase(), v.minLength(1, 'feeds.blank'), v.maxLength(50, 'feeds.long')),
  v.pipe(
    v.object({ delivery: v.picklist(deliveryOutcomes), grade: v.picklist(grades) }),
    v.check(
      ({ delivery, grade }) => grade === 'none' || delivery === 'delivered',
      'feeds.grade-of-undelivered',
    ),
  ),
)

/** The vendor's grades that were seen (vendor-feeds 1.8), in lower case. */
const KNOWN_GRADES = {
  pass: { delivery: 'delivered', grade: 'pass' },
  fail: { delivery: 'delivered', grade: 'fail' },
  taken: { delivery: 'delivered', grade: 'pending' },
  refused: { delivery: 'nda_refused', grade: 'none' },
  incomplete: { delivery: 'incomplete', grade: 'none' },
  unfinished: { delivery: 'incomplete', grade: 'none' },
} as const

/**
 * How the files are read whose names match `files` (`*` stands for anything, in any case): what each of our columns,
 * by the names in columns.ts, is called there.
 */
const ColumnMap = v.object({
  name: v.pipe(Word, v.maxLength(60, 'feeds.long')),
  files: Word,
  kind: v.picklist(rowKinds),
  columns: v.record(v.string(), Word),
})

const Brakes = v.object({
  /** Of the rows of a delivery, how many may name a candidate or an exam that is not known. */
  unmatchedShare: v.optional(Share, 0.5),
  /** Of the rows of a delivery, how many may make no sense. */
  failingShare: v.optional(Share, 0.2),
  /** Shares of fewer rows than this say nothing. */
  fewestRows: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)), 20),
  /** Whether a delivery without any row wants a look where the last ones all had some. */
  emptyIsUnusual: v.optional(v.boolean(), true),
  /** Of the record's open registrations, how many a bulk delivery may leave out. */
  missingFromBulkShare: v.optional(Share, 0.1),
})

/** Everything about a vendor's files that is not in the files. What is left out has these defaults. */
export const FeedSettings = v.object({
  /** Tried in order. `03/04/2026` is only read by a feed that says which comes first. */
  dateFormats: v.optional(v.pipe(v.array(v.picklist(dateFormats)), v.minLength(1, 'feeds.dates')), [
    'YYYY/MM/DD',
    'MM/DD/YYYY',
    'YYYY-MM-DD',
  ]),
  /** The zone of the clocks in rows that name none, as an IANA name; null where nobody knows. Kept, never applied. */
  timeZone: v.optional(v.nullable(v.pipe(v.string(), v.check(isTimeZone, 'feeds.zone'))), null),
  encoding: v.optional(v.picklist(['detect', 'utf-8', 'windows-1252']), 'detect'),
  decimalSign: v.optional(v.picklist(['.', ',']), '.'),
  /** What a score is: points, points on the exam's scale, or per cent. */
  scoreMeaning: v.optional(v.picklist(['raw', 'scaled', 'percent']), 'scaled'),
  grades: v.optional(GradeMap, KNOWN_GRADES),
  /** Sittings whose title has one of these words are not exams (a review of an earlier paper). */
  notExamWords: v.optional(v.array(Word), ['review']),
  /** Whether `00001234` and `1234` are one candidate to this vendor: zeros in front are taken off. */
  stripsZeros: v.optional(v.boolean(), false),
  /** Whether a person whom we do not know becomes a candidate. */
  createsCandidates: v.optional(v.boolean(), true),
  /**
   * How a file's name tells its time, as a pattern of `{date}` (20260301 or 2026-03-01), `{time}` (any of 06, 0600,
   * 060000, with or without separators), `{letter}` and `*`; null finds the first date in the name. The zone is that
   * of the vendor's clock.
   */
  fileName: v.optional(v.nullable(v.pipe(Word, v.includes('{date}', 'feeds.file-name'))), null),
  fileNameZone: v.optional(v.pipe(v.string(), v.check(isTimeZone, 'feeds.zone')), 'UTC'),
  maps: v.optional(v.pipe(v.array(ColumnMap), v.maxLength(50, 'feeds.long')), []),
  brakes: v.optional(Brakes, {}),
  keptDays: v.optional(KeptDays, null),
})

export type FeedSettings = v.InferOutput<typeof FeedSettings>
export type ColumnMap = v.InferOutput<typeof ColumnMap>

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
