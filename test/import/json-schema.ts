/** As much of JSON Schema 2020-12 as the schemas of neutral-csv use; no validator is installed for five files. */
export type JsonSchema = {
  type?: 'object' | 'array' | 'string' | 'integer'
  enum?: unknown[]
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  minItems?: number
  maxItems?: number
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  required?: string[]
  anyOf?: JsonSchema[]
  additionalProperties?: boolean | JsonSchema
  'x-read'?: boolean
}

const KEYWORDS = ['$schema', '$id', 'title', 'description', 'x-read', 'type', 'enum', 'pattern', 'minLength']
const MORE = ['maxLength', 'minimum', 'minItems', 'maxItems', 'items', 'properties', 'required', 'anyOf']

/** Where a value does not fit its schema. A keyword that is not known here is a fault, too. */
export function schemaFaults(schema: JsonSchema, value: unknown, at = ''): string[] {
  const unknown = Object.keys(schema).filter(
    (key) => ![...KEYWORDS, ...MORE, 'additionalProperties'].includes(key),
  )
  const faults = unknown.map((key) => `${at}: keyword ${key}`)
  const check = (fits: boolean, keyword: string) => fits || faults.push(`${at}: ${keyword}`)
  if (schema.enum) check(schema.enum.includes(value), 'enum')
  if (schema.type === 'string') check(typeof value === 'string', 'type')
  if (schema.type === 'integer') check(Number.isInteger(value), 'type')
  if (typeof value === 'string') {
    if (schema.pattern !== undefined) check(new RegExp(schema.pattern, 'u').test(value), 'pattern')
    check(value.length >= (schema.minLength ?? 0) && value.length <= (schema.maxLength ?? Infinity), 'length')
  }
  if (typeof value === 'number') check(value >= (schema.minimum ?? -Infinity), 'minimum')
  if (schema.type === 'array') {
    check(Array.isArray(value), 'type')
    const items = Array.isArray(value) ? (value as unknown[]) : []
    check(items.length >= (schema.minItems ?? 0) && items.length <= (schema.maxItems ?? Infinity), 'items')
    items.forEach((item, index) => {
      faults.push(...schemaFaults(schema.items ?? {}, item, `${at}/${index}`))
    })
  }
  if (schema.anyOf)
    check(
      schema.anyOf.some((one) => schemaFaults(one, value, at).length === 0),
      'anyOf',
    )
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const key of schema.required ?? []) check(key in value, `required ${key}`)
    for (const [key, inner] of Object.entries(value)) {
      const rest = schema.additionalProperties
      const known = schema.properties?.[key] ?? (typeof rest === 'object' ? rest : undefined)
      if (known) faults.push(...schemaFaults(known, inner, `${at}/${key}`))
      else check(rest !== false, `additional ${key}`)
    }
  } else if (schema.type === 'object') check(false, 'type')
  return faults
}
