/** A place of a document that is otherwise in another one, as JSON; null where it is not there. */
export type Difference = { path: string; before: string | null; after: string | null }

const MOST_SHOWN = 200
const LONGEST_VALUE = 300
const CONTEXT = 40

type Value = unknown
type Named = Map<string, Value>

/**
 * Where two documents differ, part by part, and how many more places there are. Parts of a list are told apart by their
 * code or id, and where they have none, by their place.
 */
export function differencesOf(before: Value, after: Value): { differences: Difference[]; more: number } {
  const found = differencesAt('', before, after).map((one) => ({ ...one, path: one.path.replace(/^\./, '') }))
  return { differences: found.slice(0, MOST_SHOWN), more: Math.max(0, found.length - MOST_SHOWN) }
}

function differencesAt(path: string, before: Value, after: Value): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  const [old, young] = [partsOf(before), partsOf(after)]
  if (!old || !young) return [{ path, ...shownApart(before, after) }]

  const names = [...new Set([...old.keys(), ...young.keys()])]
  const found = names.flatMap((name) => differencesAt(path + name, old.get(name), young.get(name)))
  // The same parts in another order.
  return found.length > 0 ? found : [{ path, ...shownApart([...old.keys()], [...young.keys()]) }]
}

/** The parts of an object or of a list; null of anything else. */
function partsOf(value: Value): Named | null {
  if (Array.isArray(value)) {
    const names = value.map(nameOf)
    const areNamed = names.every((name) => name !== null) && new Set(names).size === names.length
    return new Map(value.map((part, index) => [`[${areNamed ? names[index] : index}]`, part]))
  }
  if (typeof value !== 'object' || value === null) return null
  return new Map(Object.entries(value).map(([key, part]) => [`.${key}`, part]))
}

function nameOf(part: Value): string | null {
  if (typeof part !== 'object' || part === null) return null
  const { code, id } = part as { code?: Value; id?: Value }
  const name = code ?? id
  return typeof name === 'string' ? name : null
}

/** Both sides from where they begin to differ on, where they are too long to be shown whole. */
function shownApart(before: Value, after: Value): Pick<Difference, 'before' | 'after'> {
  const [old, young] = [before, after].map((value) => (value === undefined ? null : JSON.stringify(value)))
  if (old == null || young == null) return { before: cut(old ?? null, 0), after: cut(young ?? null, 0) }
  let same = 0
  while (same < old.length && old[same] === young[same]) same += 1
  const from = Math.max(0, same - CONTEXT)
  return { before: cut(old, from), after: cut(young, from) }
}

function cut(json: string | null, from: number): string | null {
  if (json === null || json.length <= LONGEST_VALUE) return json
  const part = json.slice(from, from + LONGEST_VALUE)
  return `${from > 0 ? '…' : ''}${part}${from + LONGEST_VALUE < json.length ? '…' : ''}`
}
