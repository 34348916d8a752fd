/** What a piece of work cost the database. */
export type Cost = { roundTrips: number; rowsRead: number; statements: string[] }

type Meta = { meta: { rows_read: number } }

/**
 * The database with a meter on it: every call that would cross the network counts as one round trip,
 * and every statement's rows read are added up.
 */
export function countedDatabase(d1: D1Database): { d1: D1Database; cost: Cost } {
  const cost: Cost = { roundTrips: 0, rowsRead: 0, statements: [] }
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>()

  function count<Answer extends Meta>(answer: Answer): Answer {
    cost.rowsRead += answer.meta.rows_read
    return answer
  }

  function statement(query: string, original: D1PreparedStatement): D1PreparedStatement {
    const began = () => {
      cost.roundTrips += 1
      cost.statements.push(query)
    }
    const counted = {
      bind: (...values: unknown[]) => statement(query, original.bind(...values)),
      first: async () => {
        began()
        return count(await original.all()).results[0] ?? null
      },
      all: async () => {
        began()
        return count(await original.all())
      },
      run: async () => {
        began()
        return count(await original.run())
      },
      raw: async (options?: never) => {
        began()
        // raw() does not say what it read; the same statement asked again does, where asking changes nothing.
        if (/^\s*(select|with)/i.test(query)) count(await original.all())
        return original.raw(options)
      },
    } as unknown as D1PreparedStatement
    originals.set(counted, original)
    return counted
  }

  function session(inner: D1Database | D1DatabaseSession) {
    return {
      prepare: (query: string) => statement(query, inner.prepare(query)),
      batch: async (statements: D1PreparedStatement[]) => {
        cost.roundTrips += 1
        cost.statements.push('batch')
        const answers = await inner.batch(statements.map((counted) => originals.get(counted)!))
        for (const answer of answers) count(answer)
        return answers
      },
      withSession: (constraint?: string) => session((inner as D1Database).withSession(constraint)),
      getBookmark: () => ('getBookmark' in inner ? inner.getBookmark() : null),
    }
  }

  return { d1: session(d1) as unknown as D1Database, cost }
}
