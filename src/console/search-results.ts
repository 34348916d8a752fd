import type { AfterCandidate, CandidateList } from './candidate-search.ts'
import type { Hit } from './search-queries.ts'

export type HitsPage = { hits: Hit[]; isFirst: boolean; next: AfterCandidate | null }

/**
 * One page of what was found: the exact hits, on the first page, then the lists one after the other. Each list was
 * asked for one more than a page has room for. Nobody stands there twice.
 */
export function hitsPage(
  found: { exact: readonly Hit[]; listed: readonly { of: CandidateList['of']; hits: readonly Hit[] }[] },
  after: AfterCandidate | null,
  pageSize: number,
): HitsPage {
  const seen = new Set(found.exact.map(({ id }) => id))
  const isFirst = after === null
  const hits = isFirst ? [...found.exact] : []
  let next: AfterCandidate | null = after
  for (const { of, hits: listed } of found.listed) {
    for (const hit of listed) {
      const isNew = !seen.has(hit.id)
      if (isNew && hits.length >= pageSize) return { hits, isFirst, next }
      if (isNew) hits.push(hit)
      next = [of, hit.key, hit.id]
    }
    // Some of a full list were shown above: it goes on after its last.
    if (listed.length > pageSize) return { hits, isFirst, next }
  }
  return { hits, isFirst, next: null }
}
