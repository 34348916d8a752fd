/** The yardstick: rows as JSON go straight into a table of the results' width, and nothing else happens. */
export default {
  async fetch(request: Request, env: { DB: D1Database }): Promise<Response> {
    const columns = Array.from({ length: 22 }, (_, index) => `c${index}`)
    await env.DB.exec(
      `CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, ${columns.map((name) => `${name} TEXT`).join(', ')}) STRICT`,
    )
    const values = columns.map((_, index) => `value ->> ${index}`).join(', ')
    const insert = env.DB.prepare(
      `INSERT INTO bare (${columns.join(', ')}) SELECT ${values} FROM json_each(?)`,
    )
    const slices = (await request.json()) as unknown[][]
    for (const slice of slices) await insert.bind(JSON.stringify(slice)).run()
    return new Response('done')
  },
}
