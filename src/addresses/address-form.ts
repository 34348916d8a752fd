import * as v from 'valibot'
import { isPrintable, mixesScripts } from '../core/plain-text.ts'
import { normalizeEmail } from '../sign-in/account-name.ts'

/** An address as it was typed, and as it is looked up. */
export type TypedAddress = { address: string; normalized: string }

/** What RFC 5321 (4.5.3.1) lets a mailbox and a whole address be, in octets. */
const LONGEST_LOCAL_PART = 64
const LONGEST_ADDRESS = 254

/** Marks that only quoted mailboxes have, and that part one address from the next in a mail's header. */
const SHAPE = /^([^\s@<>()[\]\\,;:"]+)@([\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+)$/u

/** Null for what no mail can go to, or what could be read as another address than it is. */
export function readAddress(typed: string): TypedAddress | null {
  const address = typed.trim().normalize('NFC')
  const [, local, domain] = SHAPE.exec(address) ?? []
  if (local === undefined || domain === undefined) return null
  if (!isPrintable(address) || mixesScripts(local) || mixesScripts(domain)) return null
  if (/^\.|\.\.|\.$/.test(local) || octets(local) > LONGEST_LOCAL_PART || octets(address) > LONGEST_ADDRESS)
    return null
  return { address, normalized: normalizeEmail(address) }
}

function octets(text: string): number {
  return new TextEncoder().encode(text).length
}

/** A field in which a new address is typed. */
export function addressField(refusal: string) {
  return v.pipe(
    v.optional(v.string(refusal), ''),
    v.rawTransform<string, TypedAddress>(({ dataset, addIssue, NEVER }) => {
      const address = readAddress(dataset.value)
      if (address !== null) return address
      addIssue({ message: refusal })
      return NEVER
    }),
  )
}

export const AddForm = v.object({ email: addressField('addresses.add.refused') })
