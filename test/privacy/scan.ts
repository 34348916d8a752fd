import { env } from 'cloudflare:workers'
import { unzipSync } from 'fflate'

/** Where any of the texts stands, in any table and any object: `table.column: text`, `key: text`. */
export async function scan(texts: readonly string[]): Promise<string[]> {
  return [...(await scanDatabase(texts)), ...(await scanBucket(texts))]
}

export async function tableNames(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'`,
  ).all<{ name: string }>()
  return results.map(({ name }) => name)
}

export async function readTable(name: string): Promise<Record<string, unknown>[]> {
  return (await env.DB.prepare(`SELECT * FROM "${name}"`).all<Record<string, unknown>>()).results
}

async function scanDatabase(texts: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const name of await tableNames()) {
    for (const row of await readTable(name)) {
      for (const [column, value] of Object.entries(row)) {
        for (const text of foundIn(String(value), texts)) found.add(`${name}.${column}: ${text}`)
      }
    }
  }
  return [...found]
}

async function scanBucket(texts: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const { key, bytes } of await readBucket()) {
    for (const part of [bytes, ...(await unpacked(bytes))]) {
      for (const encoding of ['utf-8', 'windows-1252', 'utf-16be'])
        for (const text of foundIn(new TextDecoder(encoding).decode(part), texts))
          found.add(`${key}: ${text}`)
    }
    for (const text of foundIn(key, texts)) found.add(`${key}: ${text}`)
  }
  return [...found]
}

export async function readBucket(): Promise<{ key: string; bytes: Uint8Array }[]> {
  const { objects } = await env.BUCKET.list()
  return Promise.all(
    objects.map(async ({ key }) => ({
      key,
      bytes: new Uint8Array(await (await env.BUCKET.get(key))!.arrayBuffer()),
    })),
  )
}

/** The members of a ZIP, and the streams of a PDF. */
async function unpacked(bytes: Uint8Array): Promise<Uint8Array[]> {
  const latin = new TextDecoder('windows-1252').decode(bytes.subarray(0, 5))
  if (latin.startsWith('PK')) return Object.values(unzipSync(bytes))
  if (latin !== '%PDF-') return []
  const parts: Uint8Array[] = []
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  for (const match of text.matchAll(/stream\r?\n/g)) {
    const from = match.index + match[0].length
    const to = text.indexOf('endstream', from)
    if (to < 0) continue
    const inflated = new Response(
      new Blob([bytes.slice(from, to)]).stream().pipeThrough(new DecompressionStream('deflate')),
    )
    await inflated.arrayBuffer().then(
      (part) => parts.push(new Uint8Array(part)),
      () => {},
    )
  }
  return parts
}

function foundIn(value: string, texts: readonly string[]): string[] {
  const lower = value.toLowerCase().normalize('NFC')
  return texts.filter((text) => lower.includes(text.toLowerCase().normalize('NFC')))
}
