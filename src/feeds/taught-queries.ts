import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { type Feed, feedOf } from '../import/feeds.ts'
import { askTogether } from '../import/row-queries.ts'
import {
  type LinkToForget,
  MOST_RESULTS,
  type TaughtAfter,
  type TaughtCode,
  type TaughtCursor,
  type TaughtLink,
} from './taught-list.ts'

type FeedRow = { id: string; name: string; settings: string; stoppedAt: number | null }

/** One page of each list of what staff taught a feed, the latest first, in one round trip; null where there is no feed. */
export async function loadTaught(db: Database, feedId: string, after: TaughtAfter, limit: number) {
  const linksOnPage = page(sql`candidate_links`, sql`said_id`, { feedId, after: after.ids, limit })
  const codesOnPage = page(sql`exam_code_aliases`, sql`code`, { feedId, after: after.codes, limit })
  const [feeds, links, codes] = await askTogether<[FeedRow, TaughtLink, TaughtCode]>(db, [
    selectFeed(feedId),
    sql`SELECT ${linkColumns} FROM (${linksOnPage}) AS link ${holders} ORDER BY made_at DESC, said_id DESC`,
    sql`SELECT ${codeColumns} FROM (${codesOnPage}) AS alias ORDER BY made_at DESC, code DESC`,
  ])
  return feeds[0] ? { feed: readFeed(feeds[0]), links, codes } : null
}

/** A feed with a link of it and what hangs on that, in one round trip; `link` is null where nobody taught it. */
export async function findTaughtLink(
  db: Database,
  feedId: string,
  said: string,
): Promise<{ feed: Feed; link: LinkToForget | null } | null> {
  const [feeds, links] = await askTogether<
    [FeedRow, Omit<LinkToForget, 'isSomebodys'> & { isSomebodys: number }]
  >(db, [
    selectFeed(feedId),
    sql`
      SELECT ${linkColumns},
        EXISTS (SELECT 1 FROM candidates WHERE id = ${said})
          OR EXISTS (SELECT 1 FROM candidate_aliases WHERE alias_id = ${said}) AS isSomebodys,
        (SELECT count(*) FROM (
          SELECT 1 FROM results INDEXED BY results_candidate_idx
          WHERE results.candidate_id = link.candidate_id AND results.feed = link.feed
          LIMIT ${MOST_RESULTS + 1})) AS results,
        (SELECT count(*) FROM vendor_candidates AS number INDEXED BY vendor_candidates_candidate_idx
          WHERE number.candidate_id = link.candidate_id AND number.feed = link.feed
            AND number.learned_at >= link.made_at) AS numbers
      FROM candidate_links AS link ${holders}
      WHERE link.feed = ${feedId} AND said_id = ${said}`,
  ])
  if (!feeds[0]) return null
  const [link] = links
  return { feed: readFeed(feeds[0]), link: link ? { ...link, isSomebodys: link.isSomebodys === 1 } : null }
}

/** A feed with a code that it was taught, in one round trip; `code` is null where nobody taught it. */
export async function findTaughtCode(
  db: Database,
  feedId: string,
  code: string,
): Promise<{ feed: Feed; code: TaughtCode | null } | null> {
  const [feeds, codes] = await askTogether<[FeedRow, TaughtCode]>(db, [
    selectFeed(feedId),
    sql`SELECT ${codeColumns} FROM exam_code_aliases AS alias WHERE feed = ${feedId} AND code = ${code}`,
  ])
  return feeds[0] ? { feed: readFeed(feeds[0]), code: codes[0] ?? null } : null
}

const taught = sql`(SELECT name FROM staff WHERE staff.id = made_by) AS taughtBy, made_at AS taughtAt`
const linkColumns = sql`said_id AS said, candidate_id AS candidateId, candidates.full_name AS fullName, ${taught}`
const codeColumns = sql`code, exam, ${taught}`
const holders = sql`CROSS JOIN candidates ON candidates.id = candidate_id`

type AskedPage = { feedId: string; after: TaughtCursor | null; limit: number }

function page(table: SQL, what: SQL, { feedId, after, limit }: AskedPage): SQL {
  const isBehind = after === null ? sql`true` : sql`(made_at, ${what}) < (${after.at}, ${after.what})`
  return sql`
    SELECT * FROM ${table} WHERE feed = ${feedId} AND ${isBehind}
    ORDER BY made_at DESC, ${what} DESC LIMIT ${limit}`
}

function selectFeed(id: string): SQL {
  return sql`SELECT id, name, settings, stopped_at AS stoppedAt FROM feeds WHERE id = ${id}`
}

function readFeed({ settings, stoppedAt, ...row }: FeedRow): Feed {
  return feedOf({
    ...row,
    settings: JSON.parse(settings) as unknown,
    stoppedAt: stoppedAt === null ? null : new Date(stoppedAt),
  })
}
