import { printedName } from '../import/printed-name.ts'

/** A name in its parts, and as it is printed. */
export type RecordName = {
  fullName: string
  givenName: string
  familyName: string
  nativeName: string | null
}

/** A name as it is filled in. Any of the parts may be empty, but not all. */
export type NameParts = { givenName: string; familyName: string; suffix: string }

/** What is printed behind given and family name, such as `Jr`: the record keeps it nowhere else. */
export function partsOf({ fullName, givenName, familyName }: RecordName): NameParts {
  const names = [givenName, familyName].filter((part) => part !== '').join(' ')
  const hasSuffix = names !== '' && fullName.startsWith(`${names} `)
  return { givenName, familyName, suffix: hasSuffix ? fullName.slice(names.length + 1) : '' }
}

/** The parts with the name that will be printed of them, in the order in which feeds are printed. */
export function nameOf(
  { givenName, familyName, suffix }: NameParts,
  nativeName: string | null,
  country: string | null,
): RecordName {
  const fullName = printedName({ first: givenName, middle: '', last: familyName, suffix }, country) ?? ''
  return { fullName, givenName, familyName, nativeName }
}

/** True where nothing that is kept of a name would change. */
export function isSameName(a: RecordName, b: RecordName): boolean {
  return (
    a.fullName === b.fullName &&
    a.givenName === b.givenName &&
    a.familyName === b.familyName &&
    a.nativeName === b.nativeName
  )
}
