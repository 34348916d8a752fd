/** Everything that two imports of the same files must agree on, by table, as sorted lines. */
export type EndState = Record<string, string[]>

const TABLES = [
  'candidates',
  'candidate_emails',
  'registrations',
  'results',
  'result_versions',
  'result_sections',
  'result_reviews',
  'awards',
  'renewals',
  'quarantined_rows',
  'deliveries',
  'delivery_members',
  'mail_outbox',
]

/** Random, counted up, or about the way there: of these a fact is not whether they are the same. */
const OF_THE_WAY = new Set([
  'id',
  'number',
  'verification_code',
  'instance_id',
  'handed_at',
  'received_by',
  'attempts',
  'last_error',
  'send_after',
  // Raised once for each batch, and a batch may hold more or less of what was waiting.
  'revision',
  'evaluated_revision',
])

/** Where these columns say what something is, and not only how it was counted. */
const TELLING = new Set(['delivery_members.number', 'candidates.id'])

/** What the next ticks and the queue do when they come to it: that it is owed is what counts. */
const HAPPENS_LATER = new Set(['queued_at', 'sent_at', 'given_up_at', 'searched_as'])

const BALANCE = `SELECT name, feed, deliveries.run, sum(rows_read) AS read, sum(rows_new) AS new,
    sum(rows_changed) AS changed, sum(rows_unchanged) AS unchanged, sum(rows_superseded) AS superseded,
    sum(rows_quarantined) AS quarantined, sum(rows_skipped) AS skipped
  FROM delivery_chunks JOIN deliveries ON deliveries.id = delivery_id
  GROUP BY deliveries.id`

type Row = Record<string, unknown>

export async function endStateOf(db: D1Database): Promise<EndState> {
  const rowsOf = async (query: string) => (await db.prepare(query).all<Row>()).results
  const names = await namesOf(rowsOf)
  const state: EndState = { balance: (await rowsOf(BALANCE)).map((row) => JSON.stringify(row)).sort() }
  for (const table of TABLES) {
    const rows = await rowsOf(`SELECT * FROM ${table}`)
    state[table] = rows.map((row) => JSON.stringify(factsOf(table, row, names))).sort()
  }
  return state
}

/** The first few lines that are in only one of the two; none where they agree. */
export function differences(expected: EndState, found: EndState): string[] {
  return Object.keys(expected).flatMap((table) => {
    const missing = leftOver(expected[table]!, found[table]!).map((line) => `${table} lacks ${line}`)
    const surplus = leftOver(found[table]!, expected[table]!).map((line) => `${table} has ${line}`)
    return [...missing.slice(0, 3), ...surplus.slice(0, 3)]
  })
}

type Names = { deliveries: Map<unknown, string>; awards: Map<unknown, string>; results: Map<unknown, string> }

async function namesOf(rowsOf: (query: string) => Promise<Row[]>): Promise<Names> {
  const named = async (query: string) =>
    new Map((await rowsOf(query)).map(({ id, name }) => [id, String(name)] as const))
  return {
    deliveries: await named("SELECT id, feed || '/' || name AS name FROM deliveries"),
    awards: await named(
      "SELECT id, candidate_id || '/' || certification || '/' || awarded_on AS name FROM awards",
    ),
    results: await named("SELECT id, feed || '/' || registration_id AS name FROM results"),
  }
}

/** Of an instant only whether it is set; of a number given by the database what it stands for. */
function factsOf(table: string, row: Row, names: Names): Row {
  const facts: Row = table === 'candidates' ? { isEvaluated: row.revision === row.evaluated_revision } : {}
  for (const [column, value] of Object.entries(row)) {
    if (OF_THE_WAY.has(column) && !TELLING.has(`${table}.${column}`)) continue
    // It names results by numbers, and an award by the rule that the other columns follow from.
    if (column === 'reason' && (table === 'awards' || table === 'renewals')) continue
    facts[column] = factOf(column, value, names)
  }
  return facts
}

function factOf(column: string, value: unknown, { deliveries, awards, results }: Names): unknown {
  if (HAPPENS_LATER.has(column)) return undefined
  if (value === null) return null
  if (column === 'dedupe_key') return dedupeKeyOf(String(value), deliveries)
  if (column.endsWith('_at') || column === 'suspended_on') return 'set'
  if (column === 'delivery_id') return deliveries.get(value)
  if (column === 'award_id' || column === 'superseded_by') return awards.get(value)
  if (column === 'result_id') return results.get(value)
  return value
}

/** Of an award's the number is random; others name the delivery that says the news. */
function dedupeKeyOf(key: string, deliveries: Names['deliveries']): string {
  if (key.startsWith('award/')) return 'award'
  return key
    .split('/')
    .map((part) => deliveries.get(part) ?? part)
    .join('/')
}

function leftOver(lines: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1)
  return lines.filter((line) => {
    const count = counts.get(line) ?? 0
    counts.set(line, count - 1)
    return count <= 0
  })
}
