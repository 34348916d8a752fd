import { staffRoles } from '../schema.ts'

export type Role = (typeof staffRoles)[number]

export const roles: readonly Role[] = staffRoles

/**
 * Who may do what in the console: the one table. Owners may do everything; a route asks for one permission by
 * requirePermission, and test/routes.test.ts visits every route as every role and compares.
 */
const PERMISSIONS = {
  'candidates.search': ['support', 'reviewer', 'auditor'],
  'candidates.view': ['support', 'reviewer', 'auditor'],
  'candidates.see-as': ['support', 'reviewer'],
  'candidates.end-sessions': ['support', 'reviewer'],
  'awards.view': ['support', 'reviewer', 'auditor'],
  'awards.act': ['reviewer'],
  'approvals.give': ['reviewer'],
  'requests.view': ['support', 'reviewer', 'auditor'],
  'requests.view-files': ['reviewer'],
  'requests.decide': ['reviewer'],
  'requests.answer': ['support', 'reviewer'],
  'canned-answers.change': ['reviewer'],
  'deliveries.view': ['support', 'reviewer', 'catalogue', 'auditor'],
  'deliveries.download': ['reviewer'],
  'deliveries.run': ['reviewer'],
  'quarantine.decide': ['reviewer'],
  'feeds.view': ['reviewer', 'catalogue', 'auditor'],
  'feeds.change': ['catalogue'],
  'feeds.tokens': [],
  'program.view': ['support', 'reviewer', 'catalogue', 'auditor'],
  'program.change': ['catalogue'],
  'audit.view': ['auditor'],
  'people.view': ['auditor'],
  'people.change': [],
} as const satisfies Record<string, readonly Exclude<Role, 'owner'>[]>

export type Permission = keyof typeof PERMISSIONS

export const permissions = Object.keys(PERMISSIONS) as Permission[]

export function mayRole(role: Role, permission: Permission): boolean {
  return role === 'owner' || (PERMISSIONS[permission] as readonly Role[]).includes(role)
}
