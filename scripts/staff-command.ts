import * as v from 'valibot'
import { mintLink } from '../src/mail/access-link.ts'
import { inviteByCommand, removeByCommand, selectStaff } from '../src/staff/command-queries.ts'
import { emailField, nameField, roleField } from '../src/staff/staff-form.ts'
import { builder, type StaffDatabase } from './staff-statements.ts'

const Person = v.object({ email: emailField, name: nameField, role: roleField })

export type Invited = { email: string; name: string; role: string }

/**
 * Invites somebody and answers with the link that lets them in, which nobody else is told. Who has joined already is
 * invited only `anew`: then every way in that they have ends.
 */
export async function inviteStaff(
  staff: StaffDatabase,
  person: Invited,
  { origin, anew, now }: { origin: string; anew: boolean; now: Date },
): Promise<string> {
  const checked = v.safeParse(Person, person)
  if (!checked.success)
    throw new Error('needs an e-mail address, --name "Given Family" and --role of the five')
  const { email, name, role } = checked.output
  const rows = await staff.read(selectStaff(builder))
  const known = rows.find((row) => row.email === email)
  if (known?.joined_at != null && known.removed_at === null && !anew) {
    throw new Error(`${email} has joined already; --anew takes every way in from them and invites them again`)
  }
  const id = known?.id ?? Math.max(0, ...rows.map((row) => row.id)) + 1
  const about = {
    purpose: 'staff_invitation',
    candidateId: null,
    sentTo: email,
    data: { staffId: id, role },
  } as const
  const { url, row } = await mintLink(about, origin, now)
  await staff.write(inviteByCommand(builder, { id, email, name, role }, row, now))
  return url
}

export async function removeStaff(staff: StaffDatabase, email: string, now: Date): Promise<void> {
  const known = await findStaff(staff, email)
  if (!known || known.removed_at !== null) throw new Error(`${email} is not on the list of staff`)
  try {
    await staff.write(removeByCommand(builder, known.id, now))
  } catch (error) {
    if (!/the last owner stays/.test(String(error) + String((error as Error).cause))) throw error
    throw new Error(`${email} is the last owner: invite another, who must join first`)
  }
}

export async function listStaff(staff: StaffDatabase): Promise<string[]> {
  const rows = await staff.read(selectStaff(builder))
  return rows.map(({ id, email, name, role, joined_at, removed_at }) => {
    const state = removed_at !== null ? 'removed' : joined_at !== null ? 'joined' : 'invited'
    return `${id}\t${role}\t${state}\t${email}\t${name}`
  })
}

/** Whether an owner has joined, who can invite everybody else. */
export async function hasOwner(staff: StaffDatabase): Promise<boolean> {
  const rows = await staff.read(selectStaff(builder))
  return rows.some((row) => row.role === 'owner' && row.joined_at !== null && row.removed_at === null)
}

async function findStaff(staff: StaffDatabase, email: string) {
  const rows = await staff.read(selectStaff(builder))
  return rows.find((row) => row.email === email.toLowerCase())
}
