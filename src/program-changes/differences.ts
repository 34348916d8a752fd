/** A place of a document that is otherwise in another one, as JSON; null where it is not there. */
export type Difference = { path: string; before: string | null; after: string | null }

const MOST_SHOWN = 200
const LONGEST_VALUE = 300

type Value = unknown
type Named = Map<string, Value>

/** Where two documents differ, part by part. Parts of a list are told apart by their code or id, not by their place. */
export function differencesOf(before: Value, after: Value): Difference[] {
  return differencesAt('', before, after)
    .slice(0, MOST_SHOWN)
    .map((difference) => ({ ...difference, path: difference.path.replace(/^\./, '') }))
}

function differencesAt(path: string, before: Value, after: Value): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  const [old, young] = [partsOf(before), partsOf(after)]
  if (!old || !young) return [{ path, before: shown(before), after: shown(after) }]

  const names = [...new Set([...old.keys(), ...young.keys()])]
  const found = names.flatMap((name) => differencesAt(path + name, old.get(name), young.get(name)))
  // The same parts in another order.
  return found.length > 0
    ? found
    : [{ path, before: shown([...old.keys()]), after: shown([...young.keys()]) }]
}

/** The parts of an object or of a list whose members have codes; null of anything else. */
function partsOf(value: Value): Named | null {
  if (Array.isArray(value)) {
    const names = value.map(nameOf)
    if (value.length === 0 || new Set(names).size < names.length || names.includes(null)) return null
    return new Map(value.map((part, index) => [`[${names[index]}]`, part]))
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

function shown(value: Value): string | null {
  if (value === undefined) return null
  const json = JSON.stringify(value)
  return json.length > LONGEST_VALUE ? `${json.slice(0, LONGEST_VALUE)}…` : json
}
