import type { Placed } from './document-sections.ts'
import type { Exam, ProgramFault } from './program.ts'

/** Series codes of one exam follow one another: oldest first, and none begins before the last has ended. */
export function examCodeFaults({ at, part: { codes } }: Placed<Exam>): ProgramFault[] {
  return codes.flatMap(({ code, from, until }, index) => {
    const place = `${at}.codes[${index}]`
    const faults: ProgramFault[] = []
    if (from !== undefined && until !== undefined && until < from) {
      faults.push({ path: `${place}.until`, message: `"${code}" ends on ${until}, before it begins` })
    }

    const latest = until ?? from
    const overlapped = codes.slice(0, index).find((earlier) => {
      const earlierEnd = earlier.until ?? earlier.from
      const begins = from ?? latest
      return earlierEnd !== undefined && begins !== undefined && begins <= earlierEnd
    })
    if (overlapped) {
      const message = `"${code}" overlaps "${overlapped.code}": list codes oldest first, each beginning after the last`
      faults.push({ path: `${place}.${from === undefined ? 'until' : 'from'}`, message })
    }
    return faults
  })
}
