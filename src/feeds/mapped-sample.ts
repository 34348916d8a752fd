import { ok, type Result, refuse } from '../core/result.ts'
import { matchesFileName } from '../import/columns.ts'
import type { Feed } from '../import/feeds.ts'
import type { HeadedTable } from '../import/open-table.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { MOST_COLUMNS, tooManyStars } from './column-map.ts'
import { firstRecords } from './dry-run.ts'
import { openHeaders } from './open-sample.ts'
import type { Sample } from './samples.ts'

const VALUES_SHOWN = 3

/** A table of a sample as its map's page shows it: each column with its first values. */
export type ShownTable = {
  sampleId: string
  number: number
  file: string
  names: readonly string[]
  values: string[][]
}

/** A table of a sample that is being mapped. `isAlone`: the sample is no ZIP, and its name may be anything. */
export type MappedTable = { headed: HeadedTable; shown: ShownTable; isAlone: boolean }

/** Finds the table of a sample that a map is for, by its number or by the names of such files; or the first. */
export async function openMapped(
  bucket: R2Bucket,
  feed: Feed,
  sample: Sample,
  { files, number }: { files: string; number?: number },
): Promise<Result<MappedTable, FieldErrors>> {
  if (tooManyStars(files)) return refuse({ files: ['feeds.map.stars'] })
  const tables = await openHeaders(bucket, feed, sample)
  if (tables.length === 0) return refuse({ sample: ['feeds.map.no-table'] })
  const isWanted = (table: HeadedTable) =>
    number !== undefined
      ? table.number === number
      : files === '' || isAlone(sample, table) || matchesFileName(files, table.member)
  const headed = tables.find(isWanted)
  if (!headed) return refuse({ files: ['feeds.map.no-match'] })
  if (headed.names.length > MOST_COLUMNS) return refuse({ sample: ['feeds.map.many-columns'] })

  const { names } = headed
  const { records } = await firstRecords(bucket, { ...headed, layout: { width: names.length } }, VALUES_SHOWN)
  const values = records.map(({ cells }) => cells)
  const shown = { sampleId: sample.id, number: headed.number, file: headed.member, names, values }
  return ok({ headed, shown, isAlone: isAlone(sample, headed) })
}

function isAlone(sample: Sample, table: HeadedTable): boolean {
  return table.objectKey === sample.objectKey
}
