import { type DryRun, dryRun, type Tried } from './dry-run.ts'
import { type OpenedSample, openSample, tablesOf } from './open-sample.ts'
import type { Sample } from './samples.ts'

export type TriedSample = { name: string; opened: OpenedSample; run: DryRun }

/** Opens a sample, reads it and decides its rows, as an import of this feed would, and does nothing of it. */
export async function trySample(tried: Tried, sample: Sample): Promise<TriedSample> {
  const opened = await openSample(tried.env.BUCKET, tried.feed, sample)
  const run = await dryRun(tried, sample.name, tablesOf(opened))
  return { name: sample.name, opened, run }
}
