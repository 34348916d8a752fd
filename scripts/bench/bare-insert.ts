import { COLUMNS, sitting } from './import-rows.ts'

/** As long as the parameters of the import itself. */
const LONGEST_PARAMETER = 500_000

/**
 * The yardstick: so many results as JSON go straight into a table as wide as their file, and nothing else happens.
 * Answers how many milliseconds the calls of D1 took, timed here, where they are made.
 */
export async function insertBare(db: D1Database, rows: number): Promise<number> {
  // The import has seen as many people before its results; so this code and its table are warm, too.
  await insertAll(db, 'warm', Math.ceil(rows / 8))
  return insertAll(db, 'bare', rows)
}

async function insertAll(db: D1Database, table: string, rows: number): Promise<number> {
  const columns = COLUMNS.map((name) => `${name} TEXT`).join(', ')
  await db.exec(`CREATE TABLE ${table} (id INTEGER PRIMARY KEY, ${columns}) STRICT`)
  const values = COLUMNS.map((_, index) => `value ->> ${index}`).join(', ')
  const insert = db.prepare(`INSERT INTO ${table} (${COLUMNS.join(', ')}) SELECT ${values} FROM json_each(?)`)
  let ms = 0
  for (const slice of slicesOf(rows)) {
    const began = performance.now()
    await insert.bind(slice).run()
    ms += performance.now() - began
  }
  return ms
}

function* slicesOf(rows: number): Generator<string> {
  let slice: string[] = []
  let length = 0
  for (let n = 0; n < rows; n += 1) {
    const json = JSON.stringify(sitting(n))
    slice.push(json)
    length += json.length + 1
    if (length < LONGEST_PARAMETER && n + 1 < rows) continue
    yield `[${slice.join(',')}]`
    slice = []
    length = 0
  }
}
