import * as v from 'valibot'
import { isPrintable, personName } from '../core/plain-text.ts'
import { staffRoles } from '../schema.ts'
import { readAccountName } from '../sign-in/account-name.ts'

/** The address of one of the staff, in the form in which it is kept and looked up. */
export const emailField = v.pipe(
  v.optional(v.string('staff.email.missing'), ''),
  v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
    const name = readAccountName(dataset.value)
    if (name?.kind === 'email' && isPrintable(name.normalized)) return name.normalized
    addIssue({ message: 'staff.email.missing' })
    return NEVER
  }),
)

const LONGEST_NAME = 200

export const nameField = personName(LONGEST_NAME, 'staff.name.missing', 'staff.name.refused')

export const roleField = v.picklist(staffRoles, 'staff.role.missing')
