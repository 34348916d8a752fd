/** What some work asked of D1. Calls are round trips; each statement of a batch is a query. */
export type Usage = { calls: number; queries: number; longestParameterBytes: number }

export function noUsage(): Usage {
  return { calls: 0, queries: 0, longestParameterBytes: 0 }
}

export function mostOf(one: Usage, other: Usage): Usage {
  return {
    calls: Math.max(one.calls, other.calls),
    queries: Math.max(one.queries, other.queries),
    longestParameterBytes: Math.max(one.longestParameterBytes, other.longestParameterBytes),
  }
}

const encoder = new TextEncoder()

/** The database, which tells of each call and each parameter before it does what it is asked. */
export function meteredDatabase(db: D1Database, see: (usage: Usage) => void): D1Database {
  const originals = new WeakMap<object, D1PreparedStatement>()
  const called = (queries: number) => see({ calls: 1, queries, longestParameterBytes: 0 })

  function statement(original: D1PreparedStatement): D1PreparedStatement {
    const metered = new Proxy(original, {
      get(_, name) {
        const method = original[name as keyof D1PreparedStatement] as (...given: unknown[]) => unknown
        return (...given: unknown[]) => {
          if (name === 'bind') {
            see({ calls: 0, queries: 0, longestParameterBytes: longestOf(given) })
            return statement(original.bind(...given))
          }
          called(1)
          return method.apply(original, given)
        }
      },
    })
    originals.set(metered, original)
    return metered
  }

  return new Proxy(db, {
    get(_, name) {
      if (name === 'prepare') return (query: string) => statement(db.prepare(query))
      if (name === 'batch')
        return (statements: D1PreparedStatement[]) => {
          called(statements.length)
          return db.batch(statements.map((metered) => originals.get(metered)!))
        }
      const member = db[name as 'exec']
      return typeof member === 'function' ? member.bind(db) : member
    },
  })
}

function longestOf(values: readonly unknown[]): number {
  return Math.max(0, ...values.map((value) => (typeof value === 'string' ? encoder.encode(value).length : 0)))
}
