import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { Zip, ZipDeflate } from 'fflate'

const PART = 256 * 1024

/** ZIP keeps local wall-clock times: this one is the same in every zone. */
const MADE_AT = new Date(2020, 0, 1)

/** Packs files that lie on disk, a part at a time. The same files give the same bytes. */
export function writeZip(target: string, members: readonly { name: string; file: string }[]): void {
  const out = openSync(target, 'w')
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    writeSync(out, bytes)
  })
  const buffer = new Uint8Array(PART)
  for (const { name, file } of members) {
    const member = new ZipDeflate(name, { level: 6 })
    member.mtime = MADE_AT
    zip.add(member)
    const source = openSync(file, 'r')
    for (let read = readSync(source, buffer); read > 0; read = readSync(source, buffer)) {
      member.push(buffer.slice(0, read))
    }
    member.push(new Uint8Array(0), true)
    closeSync(source)
  }
  zip.end()
  closeSync(out)
}
