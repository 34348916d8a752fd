/** What a version says, in the order in which it is told. */
export const saidFields = [
  'examCode',
  'examOn',
  'examTime',
  'delivery',
  'grade',
  'validity',
  'score',
  'passingScore',
  'form',
  'language',
  'attempt',
  'siteCode',
  'clientAuthorizationId',
] as const

export type SaidField = (typeof saidFields)[number]
export type Said = Partial<Record<SaidField, string | number | null>>

export type Version = {
  deliveryId: string
  deliveryName: string | null
  member: string
  line: number
  outcome: 'new' | 'changed' | 'superseded'
  stands: boolean
  vendorTime: Date
  importedAt: Date
  said: Said
}

export type Difference = { field: SaidField; from: string; to: string }
export type ComparedVersion = Version & { differences: Difference[] }

/**
 * Versions in the order in which they came, each with what it says otherwise than the one that stood then. One that came
 * too late never stood, so that nothing is compared with it.
 */
export function compareVersions(versions: readonly Version[]): ComparedVersion[] {
  const inOrder = versions.toSorted(
    (one, other) =>
      one.importedAt.getTime() - other.importedAt.getTime() ||
      // Imported by one trigger: what came too late came behind what it was too late for.
      Number(one.outcome === 'superseded') - Number(other.outcome === 'superseded') ||
      one.vendorTime.getTime() - other.vendorTime.getTime() ||
      one.line - other.line,
  )
  let stood: Version | null = null
  return inOrder.map((version) => {
    const differences = stood === null ? [] : differencesOf(stood.said, version.said)
    if (version.outcome !== 'superseded') stood = version
    return { ...version, differences }
  })
}

function differencesOf(before: Said, after: Said): Difference[] {
  return saidFields.flatMap((field) => {
    const [from, to] = [textOf(before[field]), textOf(after[field])]
    return from === to ? [] : [{ field, from, to }]
  })
}

function textOf(value: string | number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value)
}
